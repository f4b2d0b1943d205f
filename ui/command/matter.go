package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/assets/category"
	"lianluo.local/data/day"
	"lianluo.local/data/home"
	"lianluo.local/data/mask"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// refusal is 3 for an act that may not follow, 0 for any other error.
func refusal(err error) int {
	for _, e := range []error{thing.ErrNotNow, thing.ErrNotYours, thing.ErrBody, thing.ErrUnknown, desk.ErrNotStation} {
		if errors.Is(err, e) {
			return refused
		}
	}
	return 0
}

// source reads the file that a command names, "-" for standard input.
func (e *env) source(name string) ([]byte, error) {
	const most = 64 << 20
	in := e.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, most+1))
	if len(b) > most {
		return nil, problem.Problems{"": "文件太大，请分成几份"}
	}
	if err != nil {
		return nil, err
	}
	if text, err := home.Plain(b); err == nil && (utf8.Valid(b) || bytes.ContainsRune(b, 0)) { // old Chinese code could be broken UTF-8
		return []byte(text), nil
	}
	return b, nil
}

// receive checks every matter of the input before it registers the first, so that a wrong line leaves nothing half done.
func receive(e *env, _ any) error {
	b, err := e.source(e.args[0])
	if err != nil {
		return err
	}
	drafts, err := e.drafts(b)
	if err != nil {
		return err
	}
	ms, err := e.app.Desk.ReceiveAll(e.ctx, e.app.Clerk(), drafts...)
	if err != nil {
		return err
	}
	for _, m := range ms {
		promise := "已当场处理"
		if m.Due != "" {
			promise = "承诺 " + m.Due + " 前答复"
		}
		if why := e.app.Desk.Caveat(m); why != "" {
			fmt.Fprintln(e.err, why)
		}
		if err := e.say(map[string]string{"number": m.Number, "id": m.ID, "due": m.Due}, "已登记，编号 %s，%s", m.Number, promise); err != nil {
			return err
		}
	}
	return nil
}

func (e *env) drafts(b []byte) (drafts []desk.Draft, err error) {
	papers, said := map[string]bool{}, map[string]int{}
	all := objects(b)
	var again, twice []string // what stands in the list already, or before in this file
	for i, object := range all {
		d, err := desk.Parse(object)
		if err == nil {
			err = e.app.Desk.Check(d).Or()
		}
		var wrong problem.Problems
		if errors.As(err, &wrong) && (i > 0 || len(all) > 1) {
			wrong[""] = strings.TrimSuffix(fmt.Sprintf("第 %d 件有问题，整份都没有登记。%s", i+1, wrong[""]), "。")
		}
		if err != nil {
			return nil, err
		}
		m := e.app.Desk.Preview(d)
		if m.PaperKey() != "" {
			used, err := e.app.Desk.Used(e.ctx, m)
			if err != nil {
				return nil, err
			}
			if papers[m.PaperKey()] {
				used = "纸质编号 " + m.PaperNumber + " 在这一份里有两次，请核对；不能登记两次"
			}
			if used != "" {
				return nil, problem.Problems{"paperNumber": used}
			}
			papers[m.PaperKey()] = true
		}
		known, err := e.app.Desk.Again(e.ctx, d)
		if err != nil {
			return nil, err
		}
		saying := desk.Saying(m)
		switch first := said[saying]; {
		case known != nil:
			again = append(again, fmt.Sprintf("第 %d 件和 %s 一样", i+1, known.Number))
		case first > 0:
			twice = append(twice, fmt.Sprintf("第 %d 件和第 %d 件一样", i+1, first))
		default:
			said[saying] = i + 1
		}
		drafts = append(drafts, d)
	}
	switch {
	case len(drafts) == 0:
		return nil, problem.Problems{"": "里面没有要登记的事项"}
	case len(again) == len(drafts):
		return nil, problem.Problems{"": "这份文件登记过了，没有再登记：" + strings.Join(again[:min(3, len(again))], "，") +
			"。真是另一件事的，请把反映时间（几点几分）写得不一样，再登记"}
	case len(again)+len(twice) > 0:
		fmt.Fprintf(e.err, "可能重复登记：%s。重复的请作废。\n", strings.Join(append(again, twice...), "，"))
	}
	return drafts, nil
}

// objects cuts the input into its JSON values, whether one a line or laid out over several; what is no JSON is the last.
func objects(b []byte) (list [][]byte) {
	for {
		b = bytes.TrimSpace(b)
		if len(b) == 0 {
			return list
		}
		dec := json.NewDecoder(bytes.NewReader(b))
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return append(list, b)
		}
		end := dec.InputOffset()
		list, b = append(list, b[:end]), b[end:]
	}
}

type listOptions struct {
	query, station, register, category, from, to, basket string
	step, limit                                          number
	overdue, private                                     bool
}

func listFlags(fs *flag.FlagSet) any {
	o := &listOptions{}
	o.choice(fs)
	fs.Var(&o.limit, "limit", "")
	fs.BoolVar(&o.private, "private", false, "")
	return o
}

// choice are the flags that choose matters.
func (o *listOptions) choice(fs *flag.FlagSet) {
	fs.StringVar(&o.query, "query", "", "")
	fs.StringVar(&o.station, "station", "", "")
	fs.StringVar(&o.register, "register", "", "")
	fs.StringVar(&o.category, "category", "", "")
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.basket, "basket", "", "")
	fs.Var(&o.step, "step", "")
	fs.BoolVar(&o.overdue, "overdue", false, "")
}

func (o *listOptions) ask(l *ledger.Ledger) (q ledger.Query, err error) {
	wrong := problem.Problems{}
	q = ledger.Query{Text: o.query, Late: o.overdue, Filter: ledger.Filter{Step: o.step.n}}
	if o.step.out(1, 7) {
		wrong["step"] = "请写 1 到 7"
	}
	if o.limit.out(1, math.MaxInt) {
		wrong["limit"] = "最少写 1"
	}
	if o.station != "" {
		code, ok := unit.Station(o.station)
		if q.Station = code; !ok {
			wrong["station"] = "没有这个联络站，请核对代码"
		}
	}
	if o.register != "" {
		code, ok := words.Registers.Parse(o.register)
		if q.Register = code; !ok {
			wrong["register"] = "请写 reception（接待群众）、visit（走访选民）或 opinion（社情民意）"
		}
	}
	if o.category != "" {
		code, ok := category.Parse(spelling.Plain(o.category))
		if !ok {
			code, ok = category.ParseGroup(spelling.Plain(o.category))
		}
		if q.Category = code; !ok {
			wrong["category"] = "没有“" + o.category + "”这个类别，请写类别的代码或名称"
		}
	}
	now := l.Now()
	date := func(field, s string, plus int) time.Time {
		if strings.TrimSpace(s) == "" {
			return time.Time{}
		}
		t, _, why := day.Read(s, now)
		if why != "" {
			wrong[field] = why
		}
		return time.Date(t.Year(), t.Month(), t.Day()+plus, 0, 0, 0, 0, t.Location())
	}
	if o.basket != "" {
		var names []string
		for _, b := range l.Baskets() {
			if names = append(names, b.Code+"（"+b.Name+"）"); b.Code == o.basket || b.Name == o.basket {
				f := b.Filter
				f.Step, f.Category, f.Station, f.Register = q.Step, q.Category, q.Station, q.Register
				q.Filter, names = f, nil
				break
			}
		}
		if names != nil {
			wrong["basket"] = "请写其中一个：" + strings.Join(names, "、")
		}
	}
	q.From, q.To = date("from", o.from, 0), date("until", o.to, 1)
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		wrong["until"] = "早于开始的日子，请核对"
	}
	return q, wrong.Or()
}

func list(e *env, opts any) error {
	o := opts.(*listOptions)
	q, err := o.ask(e.app.Ledger)
	if err != nil {
		return err
	}
	if q.Text != "" {
		if _, err := e.app.Ledger.Fill(e.ctx); err != nil {
			return err
		}
	}
	q.Limit = 500
	for n := 0; ; {
		page, err := e.app.Ledger.Page(e.ctx, q)
		if err != nil {
			return err
		}
		for _, v := range page.Matters {
			if err := e.one(v, o.private); err != nil {
				return err
			}
			if n++; n == o.limit.n {
				return nil
			}
		}
		if !page.More {
			if n == 0 && !e.json {
				fmt.Fprintln(e.out, "没有找到。")
			}
			return nil
		}
		q.Before = page.Matters[len(page.Matters)-1].Row
	}
}

// one prints a matter as a line of a list.
func (e *env) one(v ledger.View, private bool) error {
	if e.json {
		b, err := v.JSON(private)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(e.out, "%s\n", b)
		return err
	}
	due := v.State.String()
	if limit := v.Limit(); limit != "" && v.State.Open() {
		due += "，限 " + limit
	}
	if v.Overdue {
		due += "，" + v.Days()
	}
	name, title := mask.Name(v.Name), v.Title
	if v.Confidential && !private {
		name, title = "", "保密件"
	}
	if private {
		name = v.Name + " " + v.Phone
	}
	_, err := fmt.Fprintf(e.out, "%s  %s  %s  %s  %s（%s）\n", v.Number, v.Occurred.In(e.app.Now().Location()).Format("2006-01-02"),
		ledger.PlaceName(v.Station), name, title, due)
	return err
}

func (e *env) find() (ledger.View, error) { return e.app.Ledger.Show(e.ctx, e.args[0]) }
