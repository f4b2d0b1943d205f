package docket

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// invited is person, and at a station also a deputy of another one, of whom only its county knows who he is.
func (t *typed) invited(field, typed string) (key string, who suggestion.Who) {
	_, err := t.Person(t.ctx, typed)
	if unit.LevelOf(t.Settings.Unit) != journal.Station || thing.ID(strings.ToLower(typed)) || !errors.Is(err, person.ErrNobody) {
		return t.person(field, typed)
	}
	name := t.wrong.Line(field, typed, 30)
	t.odd = append(t.odd, "名册里没有"+name+"，先照姓名记下；是哪一位，由上级收到后核对")
	t.near = false
	return t.keyOf(name), suggestion.Who{Name: name}
}

// person gives the deputy whom a name or an ID means, as one of a suggestion's signers.
func (t *typed) person(fieldName, typed string) (key string, who suggestion.Who) {
	p, err := t.Person(t.ctx, typed)
	var wrong problem.Problems
	switch {
	case errors.As(err, &wrong):
		t.wrong[fieldName] = wrong["person"]
		return "", who
	case err != nil:
		t.err = err
		return "", who
	}
	who = described(p, t.level())
	t.near = slices.ContainsFunc(p.Seats, func(s person.Seat) bool {
		return s.Station == t.Settings.Unit || unit.Above(t.Settings.Unit, s.Station)
	})
	if why := t.bars(p, t.on()); why != "" {
		t.wrong[fieldName] = why + "，不能提出或附议这件建议"
	}
	return t.keyOf(p.ID), who
}

// keyOf is the key of a signer, or of a unit where the suggestion is confidential: whoever has not its salt cannot guess it.
func (t *typed) keyOf(of string) string { return suggestion.Salted(cmp.Or(t.told.Salt, t.s.Salt), of) }

// salt gives a new suggestion its salt.
func (t *typed) salt() {
	var b [8]byte
	if _, err := io.ReadFull(t.Store.Random, b[:]); err != nil {
		t.err = fmt.Errorf("salt: %w", err)
	}
	t.told.Salt = hex.EncodeToString(b[:])
}

// bars says why somebody could not propose on a day; "" where he could.
func (t *typed) bars(p person.Person, on string) string {
	level := t.level()
	presence, err := t.Presence(t.ctx)
	if err != nil {
		t.err = err
		return ""
	}
	held := slices.ContainsFunc(p.Mandates, func(m person.Mandate) bool {
		return m.Level == level && m.Since <= on && (m.Standing != "ended" || on < m.Until)
	})
	switch _, is := presence(p.ID, on); {
	case !held:
		return p.Name + "不是" + words.Levels.Name(level) + "人大代表（或已届满）"
	case is == "suspended" || is == "ended":
		return p.Name + "这一天" + words.Presences.Name(is)
	}
	return ""
}

// doubts tell the office what to look into of those who signed: a table that does not know a deputy writes his name alone.
func (t *typed) doubts() (odd []string) {
	known := map[string]bool{}
	for _, g := range t.s.Signed() {
		who := t.s.Who[g.Key]
		p, err := t.Person(t.ctx, cmp.Or(who.Person, who.Name))
		var none problem.Problems
		switch {
		case errors.As(err, &none):
			odd = append(odd, "名册里查不准"+who.Name+"是哪一位，请核对他是不是代表")
			continue
		case err != nil:
			t.err = err
			return nil
		case known[p.ID]:
			odd = append(odd, p.Name+"签了两次，只算一次")
			continue
		}
		if why := t.bars(p, g.Signed); why != "" {
			odd = append(odd, why+"，签名请核对")
			continue
		}
		if known[p.ID] = true; spelling.Name(who.Name) != spelling.Name(p.Name) {
			odd = append(odd, "签名写的是"+who.Name+"，名册里是"+p.Name+"，请核对")
		}
	}
	if n := least(t.s.Level); t.s.Kind == "motion" && t.s.Delegation == "" && len(known) < n {
		odd = append(odd, fmt.Sprintf("议案要 %d 名以上代表联名，名册里查得到的签名代表有 %d 名", n, len(known)))
	}
	return odd
}

// unnamed is the signer of whom a table knew the name alone, which a deputy of this unit bears; he is known by now.
func (t *typed) unnamed(typed string) (key string) {
	p, err := t.Person(t.ctx, typed)
	if err != nil { // what it says is said where he is looked for
		return ""
	}
	for _, g := range t.s.Signers {
		if w := t.s.Who[g.Key]; w.Person == "" && spelling.Name(w.Name) == spelling.Name(p.Name) {
			return g.Key
		}
	}
	return ""
}

func (t *typed) level() string {
	if s := t.o.Set.Text("level"); s != "" {
		if code, ok := words.Levels.Parse(s); ok {
			return code
		}
	}
	return cmp.Or(t.s.Level, "county")
}

// signer finds one who signs by ID, name or key; "" where he is none.
func signerOf(s suggestion.Suggestion, typed string) (keys []string) {
	for _, g := range s.Signers {
		w := s.Who[g.Key]
		if typed == g.Key || w.Person != "" && strings.EqualFold(typed, w.Person) || w.Name != "" && spelling.Name(w.Name) == spelling.Name(typed) {
			keys = append(keys, g.Key)
		}
	}
	return keys
}

// signer is the same, or a problem.
func (t *typed) signer(fieldName, typed string) string {
	keys := signerOf(t.s, strings.TrimSpace(typed))
	switch {
	case len(keys) == 0:
		t.wrong[fieldName] = "这件建议的提出代表里没有“" + typed + "”，请核对姓名"
		return ""
	case len(keys) > 1:
		t.wrong[fieldName] = "叫“" + typed + "”的不止一位，请用编号指明"
		return ""
	}
	return keys[0]
}

// signed finds one who did sign, or is a problem: to nobody else an answer is delivered, and nobody else rates it.
func (t *typed) signed(typed string) string {
	key := t.signer("who", typed)
	if g, is := t.s.Signer(key); is && g.Signed == "" {
		t.wrong["who"] = t.s.Who[key].Name + "没有在这件建议上签名，请核对姓名"
		return ""
	}
	return key
}

// name keeps who a key is.
func (t *typed) name(key string, who suggestion.Who) {
	if t.told.Names == nil {
		t.told.Names = map[string]suggestion.Who{}
	}
	t.told.Names[key] = who
}

// unit is one that handles a suggestion: an office or station below us, or a department by its name.
func (t *typed) unit(fieldName, typed string, help bool) (u suggestion.Unit) {
	name := t.wrong.Line(fieldName, typed, 60)
	if name == "" {
		return u
	}
	u.Help = help
	if code := below(t.Settings.Unit, name); code != "" {
		u.Code, u.Key = code, suggestion.KeyOf(code)
		t.name(u.Key, suggestion.Who{Name: places.Of(code).Full})
		return u
	}
	if u.Key = suggestion.KeyOf(spelling.Department(name)); t.s.Confidential {
		u.Key = t.keyOf(spelling.Department(name))
	}
	t.name(u.Key, suggestion.Who{Name: name})
	return u
}

// below gives the county of a city by its code or name; "" where none is meant.
func below(city, typed string) string {
	form := spelling.Letters(typed)
	for _, p := range places.Children(city) {
		n := places.Of(p.Code)
		if strings.HasSuffix(p.Code, "000000") && slices.ContainsFunc([]string{p.Code, p.Code[:6], p.Name, places.Short(p), n.Full, n.Brief, p.Name + "政府", p.Name + "人民政府"},
			func(name string) bool { return spelling.Letters(name) == form }) {
			return p.Code
		}
	}
	return ""
}

// handler is the unit of the suggestion that an order is about.
func (t *typed) handler() string {
	typed := strings.TrimSpace(t.o.Unit)
	if typed == "" {
		if t.s.Handles(t.Settings.Unit) {
			for _, u := range t.s.Units {
				if u.Code == t.Settings.Unit {
					return u.Key
				}
			}
		}
		wanted := t.s.Mains()
		if t.o.Do == suggestion.Help {
			wanted = t.s.Helpers()
		}
		if len(wanted) != 1 {
			t.wrong["unit"] = "请写是哪个单位：" + t.names(wanted)
			return ""
		}
		return wanted[0].Key
	}
	for _, u := range t.s.Units {
		if typed == u.Key || typed == u.Code || spelling.Department(t.s.Who[u.Key].Name) == spelling.Department(typed) {
			return u.Key
		}
	}
	t.wrong["unit"] = "没有交给“" + typed + "”办，承办单位是：" + t.names(t.s.Units)
	return ""
}

func (t *typed) names(us []suggestion.Unit) string {
	var list []string
	for _, u := range us {
		list = append(list, t.s.Who[u.Key].Name)
	}
	return strings.Join(list, "、")
}

// links are the matters that some numbers mean.
func (t *typed) links(numbers []string) (links []suggestion.Link) {
	through, err := t.Through(t.ctx)
	if err != nil {
		t.err = err
		return nil
	}
	for _, n := range numbers {
		m, err := t.Matter(t.ctx, n)
		var wrong problem.Problems
		switch {
		case errors.As(err, &wrong):
			t.wrong["matters"] = wrong["matter"]
		case err != nil:
			var spoken interface{ Sentence() string }
			if !errors.As(err, &spoken) {
				t.err = err
			} else {
				t.wrong["matters"] = spoken.Sentence()
			}
		case m.State == matter.Void:
			t.wrong["matters"] = m.Number + " 已作废，不能并进建议"
		case !slices.ContainsFunc(links, func(l suggestion.Link) bool { return l.ID == m.ID }):
			via := cmp.Or(m.Via, through(m.Unit))
			if via != "" && !unit.Above(via, m.Unit) {
				via = ""
			}
			links = append(links, suggestion.Link{ID: m.ID, Number: m.Number, Station: m.Unit, Via: via})
		}
	}
	return links
}
