package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianluo.local/data/numbers"
	"lianluo.local/data/sealed"
)

var ctx = context.Background()

func opened(t testing.TB, path string) *Index {
	t.Helper()
	x, err := Open(path, sealed.Key{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func put(t testing.TB, x *Index, mark int64, docs ...Doc) {
	t.Helper()
	if err := x.Put(ctx, mark, docs); err != nil {
		t.Fatal(err)
	}
}

// all pages through every hit, a few at a time, and holds Count to the same number.
func all(t testing.TB, x *Index, query string, page int) []int64 {
	t.Helper()
	var out []int64
	for before, more := int64(0), true; more; {
		var rows []int64
		var err error
		rows, more, err = x.Find(ctx, query, page, before)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		if out = append(out, rows...); more {
			before = out[len(out)-1]
		}
	}
	n, capped, err := x.Count(ctx, query, 100_000)
	if n != len(out) || capped || err != nil {
		t.Fatalf("%q: counted %d (%v, %v), found %d", query, n, capped, err, len(out))
	}
	return out
}

// truth is what Find must give: every document whose folded words contain every word of the query, newest first.
func truth(docs map[int64]string, query string) []int64 {
	words := strings.Fields(fold(query))
	var out []int64
	for row, text := range docs {
		if len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			out = append(out, row)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

func TestFindsExactlyWhatIsThere(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	make := generator(3)
	const count = near + 1500 // so that rare characters lie beyond the newest texts
	docs, texts := []Doc(nil), map[int64]string{}
	for i := range count {
		d := make(int64(i)*3 + 1)
		if i%997 == 5 {
			d.Text += "\n鲌鱼龘"
		}
		docs = append(docs, d)
		texts[d.Row] = body(d)
	}
	for chunk := range slices.Chunk(docs, 1000) {
		put(t, x, chunk[len(chunk)-1].Row, chunk...)
	}
	r := rand.New(rand.NewPCG(1, 2))
	queries := []string{"水", "龘", "鲌", "水 龘", "居民 龘", "鲌鱼 水", "爆管 水 安", "鲌鱼 居民", "居民", "安全隐患", "噪音 扰民", "居民 水", "0042", "-26-A", "02-002003-26-A0042", "wx", "sxy", "z",
		"二二", "单", "凤山,袁家庄", "没有这句话", "7", "138", "居民居民"}
	for range 120 {
		text := []rune(texts[docs[r.IntN(count)].Row])
		from := r.IntN(len(text))
		queries = append(queries, string(text[from:min(len(text), from+1+r.IntN(6))]))
	}
	for _, q := range queries {
		want := truth(texts, q)
		got, more, err := x.Find(ctx, q, 40, 0)
		if err != nil || !slices.Equal(got, want[:min(40, len(want))]) || more != (len(want) > 40) {
			t.Errorf("%q: %d %v %v, want %d", q, len(got), more, err, len(want))
		}
		n, capped, _ := x.Count(ctx, q, 1000)
		if n != min(1000, len(want)) || capped != (len(want) > 1000) {
			t.Errorf("%q: counted %d %v, want %d", q, n, capped, len(want))
		}
		if len(want) < 400 && !slices.Equal(all(t, x, q, 37), want) {
			t.Errorf("%q: pages differ", q)
		}
	}
}

func TestNames(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	for i, name := range []string{"单秀英", "尉迟海生", "王𠅤亮", "冯乐行", "刘𬺞生", "Ａlice Wang", "买买提·艾力"} {
		put(t, x, 1, Doc{Row: int64(i + 1), People: []string{name}, Text: "路灯"})
	}
	for query, want := range map[string]string{
		"sxy": "[1]", "SX": "[1]", "dxy": "[]", "ychs": "[2]", "尉迟": "[2]", "𠅤": "[3]", "王𠅤": "[3]", "flx": "[4]", "fyh": "[4]",
		"ls": "[5]", "刘𬺞": "[5]", "𬺞": "[5]", "alice": "[6]", "ａｌｉ": "[6]", "mmt": "[7]", "路灯 sxy": "[1]", "路 y 英": "[1]", "sxy 秀英 单": "[1]",
	} {
		if got := fmt.Sprint(all(t, x, query, 5)); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestNumbersAndPhones(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	put(t, x, 1, Doc{Row: 1, Text: "02-002003-26-A0042-7\n138 3425 0042\n2026-11-23 3-5户\n141102002003D1-A"})
	for _, q := range []string{"02-002003-26-A0042-7", "02002003", "a0042", "42-7", "-26-", "13834", "138 3425", "0042", "2026-11", "141102002003d1", "3-5户", "D1-"} {
		if got := all(t, x, q, 5); len(got) != (map[bool]int{true: 1})[q != "13834"] {
			t.Errorf("%s: %v", q, got)
		}
	}
}

func TestNothingTypedIsAnError(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	put(t, x, 1, Doc{Row: 1, People: []string{"\x00李\xff"}, Text: "a OR b \"引号\" 'x' 100% _ * NEAR/3 (括号) near not and\x00没了吗"})
	for _, q := range []string{"", " ", "\"", "'", "*", "a*", "-", "(", "OR", "a OR b", "NEAR/3", "t:李", "\x00", "\xff\xfe", "%", "_", "^a", "引号\"", "没了\x00吗",
		strings.Repeat("长", 100_000), strings.Repeat("a b ", 50_000), strings.Repeat("(", 1000)} {
		if _, _, err := x.Find(ctx, q, 5, 0); err != nil {
			t.Errorf("%.20q: %v", q, err)
		}
	}
	for _, q := range []string{"李", "or", "引号", "not and", "没了吗", "near", "l"} {
		if got := all(t, x, q, 5); len(got) != 1 {
			t.Errorf("%s: not found", q)
		}
	}
	if got := all(t, x, "%", 5); len(got) != 0 {
		t.Error("a sign was found")
	}
}

// Whatever is put, replaced, emptied or comes late: the index finds what a list of texts finds.
func TestPutAgainstAList(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	mark, base := int64(0), int64(0)
	rapid.Check(t, func(t *rapid.T) {
		base += 10 // the rows of this run; what earlier ones left lies below
		// own leaves the rows of this run.
		own := func(rows []int64) []int64 {
			return slices.DeleteFunc(rows, func(row int64) bool { return row <= base })
		}
		word := rapid.StringOfN(rapid.SampledFrom([]rune("水电路灯a1-。 ")), 0, 8, -1)
		texts, versions := map[int64]string{}, map[int64]int64{}
		// want is what is there by any reading of a question: 路 is a surname, and 路路路灯电 may be two people.
		want := func(query string) (rows []int64) {
			for _, ts := range append(readings(query), strings.Fields(fold(query))) {
				rows = append(rows, truth(texts, strings.Join(ts, " "))...)
			}
			slices.Sort(rows)
			rows = slices.Compact(rows)
			slices.Reverse(rows)
			return rows
		}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				var docs []Doc
				for range rapid.IntRange(0, 4).Draw(t, "docs") {
					d := Doc{Row: base + rapid.Int64Range(1, 6).Draw(t, "row"), Version: rapid.Int64Range(1, 9).Draw(t, "version"), Text: word.Draw(t, "text")}
					docs = append(docs, d)
				}
				mark++
				if err := x.Put(ctx, mark, docs); err != nil {
					t.Fatal(err)
				}
				slices.SortStableFunc(docs, func(a, b Doc) int { return int(a.Version - b.Version) })
				for _, d := range docs {
					if d.Version >= versions[d.Row] {
						texts[d.Row], versions[d.Row] = fold(d.Text), d.Version
					}
				}
			},
			"": func(t *rapid.T) {
				for _, q := range []string{"水", "1", "水电", "路灯", "a1", "灯 电", "电路灯", word.Draw(t, "query")} {
					got, _, err := x.Find(ctx, q, 10, 0)
					looked, lookErr := x.rows(ctx, lookUp, match(append(terms(q), "水")), base+10, 10)
					if err != nil || lookErr != nil || !slices.Equal(own(got), want(q)) || !slices.Equal(own(looked), truth(texts, q+" 水")) {
						t.Fatalf("%q: %v %v %v, want %v", q, got, err, looked, want(q))
					}
				}
				if got, err := x.Mark(ctx); got != mark || err != nil {
					t.Fatal(got, err)
				}
			},
		})
	})
}

func TestStaysAndIsRemade(t *testing.T) {
	folder := "目录 with % and #?"
	if runtime.GOOS == "windows" {
		folder = strings.TrimSuffix(folder, "?") // no name has one there
	}
	path := filepath.Join(t.TempDir(), folder, "search.db")
	if _, err := Open(path, sealed.Key{}); err == nil {
		t.Fatal("opened in no folder")
	}
	os.Mkdir(filepath.Dir(path), 0o700)
	fill := func() {
		x := opened(t, path)
		make := generator(1)
		var docs []Doc
		for i := range 300 {
			docs = append(docs, make(int64(i+1)))
		}
		put(t, x, 77, docs...)
		x.Close()
		if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
			t.Error("a log is left after Close")
		}
	}
	holds := func(want int64) {
		t.Helper()
		x := opened(t, path)
		defer x.Close()
		if mark, err := x.Mark(ctx); mark != want || err != nil {
			t.Errorf("mark %d, %v", mark, err)
		}
		put(t, x, want, Doc{Row: 1000, Text: "还能用"})
		if got := all(t, x, "还能用", 5); len(got) != 1 {
			t.Error("of no use")
		}
	}
	fill()
	holds(77)
	for name, harm := range map[string]func(){
		"garbage":       func() { os.WriteFile(path, []byte(strings.Repeat("这不是数据库", 1000)), 0o600) },
		"empty":         func() { os.Truncate(path, 0) },
		"cut":           func() { os.Truncate(path, 20_000) },
		"another kind":  func() { x := opened(t, path); x.writer.Exec(`DROP TABLE mark`); x.Close() },
		"other version": func() { x := opened(t, path); x.writer.Exec(`PRAGMA user_version = 99`); x.Close() },
		"discarded":     func() { Discard(path) },
	} {
		fill()
		harm()
		t.Run(name, func(*testing.T) { holds(0) })
	}
	// A log left by a crash is no damage; it makes Open look at every page.
	fill()
	x := opened(t, path)
	put(t, x, 88, Doc{Row: 2000, Text: "刚写下的"})
	crashed := filepath.Join(t.TempDir(), "search.db")
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(crashed+suffix, data, 0o600)
	}
	x.Close()
	again := opened(t, crashed)
	if mark, err := again.Mark(ctx); mark != 88 || err != nil || len(all(t, again, "刚写下的", 5)) != 1 {
		t.Error("thrown away after a crash", mark, err)
	}
	fill()
	data, _ := os.ReadFile(path)
	for i := len(data) / 2; i < len(data)/2+40_000; i++ {
		data[i] ^= 0x5a
	}
	os.WriteFile(path, data, 0o600)
	os.WriteFile(path+"-wal", nil, 0o600)
	holds(0)
}

func TestDamageInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "search.db")
	x := opened(t, path)
	if err := x.failed("find", fmt.Errorf("page 7: %w", broken)); !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	x.Close()
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("the damaged file is still there", err)
	}
}

// The background may fill the index while somebody looks for something.
func TestFindDuringPut(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	filled := make(chan error)
	go func() {
		next := generator(5)
		for row := int64(1); row < 2000; row += 100 {
			var docs []Doc
			for i := range int64(100) {
				docs = append(docs, next(row+i))
			}
			if err := x.Put(ctx, row, docs); err != nil {
				filled <- err
				return
			}
		}
		close(filled)
	}()
	for last, done := 0, false; !done; {
		select {
		case err := <-filled:
			if done = true; err != nil {
				t.Fatal(err)
			}
		default:
		}
		n, _, err := x.Count(ctx, "袁家庄", 10_000)
		if err != nil || n < last || n%100 != 0 {
			t.Fatalf("%d after %d, %v", n, last, err)
		}
		last = n
	}
}

func TestCancelled(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	done, cancel := context.WithCancel(ctx)
	cancel()
	if err := x.Put(done, 1, []Doc{{Row: 1, Text: "水"}}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if mark, _ := x.Mark(ctx); mark != 0 || len(all(t, x, "水", 5)) != 0 {
		t.Error("half a put")
	}
}

// A telephone, a name and a number are found however the one who wrote them and the one who asks write them.
func TestFindsHoweverItIsWritten(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "search.db"))
	number := numbers.Make("141102002003D1-A", 2026, 'A', 42)
	put(t, x, 3,
		Doc{Row: 1, People: []string{"王　明", "阿依古丽·买买提"}, Phone: "+86 138 1111 2222、（0358）822 9999", Numbers: []string{number, "J26-A0001-7"}, Text: "路灯坏"},
		Doc{Row: 2, People: []string{"⾼⻓⺠（女，回族）", "李慧敏（市人大代表）"}, Phone: "8221321", Initials: []string{"排水排污内涝", "区住建局（城管科）"}, Text: "井盖 王工明天来"},
		Doc{Row: 3, People: []string{"欧阳 建国"}, Phone: "138.5555.6666", Text: "水管，七巷3号到六号桥"})
	for query, want := range map[string]string{
		"王明": "[1]", "王　明": "[2 1]", "阿依古丽买买提": "[1]", "阿依古丽•买买提": "[1]", "买买提": "[1]", "高长民": "[2]", "⾼⻓⺠": "[2]", "高长民（男）": "[2]", "欧阳建国": "[3]", "欧阳·建国": "[3]",
		"李慧敏": "[2]", "王明（回族）": "[1]", "13811112222": "[1]", "138-1111-2222": "[1]", "+8613811112222": "[1]", "１３８１１１１２２２２": "[1]", "1111": "[1]", "03588229999": "[1]", "0358-8229999": "[1]",
		"8229999": "[1]", "0358 8229999": "[1]", "0358-8221321": "[2]", "03588221321": "[2]", "8221321": "[2]", "13855556666": "[3]", "5556": "[3]",
		strings.ReplaceAll(number, "-", ""): "[1]", strings.ToLower(strings.ReplaceAll(number, "-", "－")): "[1]", strings.ReplaceAll(number, "0", "O"): "[1]", "编号：" + number: "[1]", "A0042": "[1]", "AOO42": "[1]", "J26A00017": "[1]", "j26-aoool-7": "[1]",
		"编号 J26-A0001-7\n凤山街道袁家庄社区联络点 0358-8221321": "[1]", "回执编号 " + number + "\n凤山街道 0358-8221321\n承诺 2026年12月14日前答复\n询问请打电话报编号，或持回执到站。": "[1]",
		"pspwnl": "[2]", "PWNL": "[2]", "qzjj": "[2]", "城管科": "[2]", "区住建局城管科": "[2]", "区住建局(城管科)": "[2]", "七巷三号": "[3]", "七巷3号": "[3]", "七巷三号 6号桥": "[3]", "6号桥": "[3]", "七巷四号": "[]", "13811112223": "[]", "张三": "[]",
	} {
		if got := fmt.Sprint(all(t, x, query, 2)); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
	}
}

func FuzzPairs(f *testing.F) {
	f.Add("02-002003-26-A0042-7 路灯。坏了\x00")
	f.Fuzz(func(t *testing.T, s string) {
		folded := fold(s)
		if fold(folded) != folded {
			t.Fatalf("folding twice: %q, %q", folded, fold(folded))
		}
		var runs []string
		for pair := range strings.FieldsSeq(pairs(folded)) {
			if len(runs) == 0 || strings.HasSuffix(runs[len(runs)-1], " ") {
				runs = append(runs, "")
			}
			r := []rune(pair)
			if runs[len(runs)-1] += string(r[0]); len(r) == 1 {
				runs[len(runs)-1] += " "
			}
		}
		if got := strings.TrimSuffix(strings.Join(runs, ""), " "); got != folded {
			t.Fatalf("%q gives %q", folded, got)
		}
	})
}
