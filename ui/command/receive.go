package command

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"lianluo.local/app/desk"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/thing"
)

// refusal is 3 for an act that may not follow, 0 for any other error.
func refusal(err error) int {
	for _, e := range []error{thing.ErrNotNow, thing.ErrNotYours, thing.ErrBody, thing.ErrUnknown, desk.ErrNotStation} {
		if errors.Is(err, e) {
			return refused
		}
	}
	if errors.As(err, &right.Denied{}) {
		return refused
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
	old := !utf8.Valid(b) && !bytes.ContainsRune(b, 0) // old Chinese code could be broken UTF-8
	if text, err := home.Plain(b); err == nil && !old {
		return []byte(text), nil
	}
	return b, nil
}

// receive checks every matter of the input before it registers the first, so that a wrong line leaves nothing half
// done.
func receive(e *env) error {
	b, err := e.source(e.args[0])
	if err != nil {
		return err
	}
	drafts, err := e.drafts(b)
	if err != nil {
		return err
	}
	for i, d := range drafts {
		if drafts[i].Deputies, drafts[i].Persons, err = e.known(cmp.Or(d.Station, e.app.Settings.Unit), d.Deputies, d.Persons); err != nil {
			return err
		}
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
		odd, err := e.app.Roster.Absent(e.ctx, m, m.Occurred.In(e.app.Now().Location()).Format(time.DateOnly), m.Deputies...)
		if err != nil {
			return err
		}
		if why := e.app.Desk.Caveat(m); why != "" {
			odd = append(odd, why)
		}
		e.warn(odd)
		answer := map[string]any{"number": m.Number, "id": m.ID, "due": m.Due}
		if len(odd) > 0 {
			answer["warnings"] = odd
		}
		if err := e.say(answer,
			"已登记，编号 %s，%s", m.Number, promise); err != nil {
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

// objects cuts the input into its JSON values, whether one a line or laid out over several; what is no JSON is the
// last.
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
