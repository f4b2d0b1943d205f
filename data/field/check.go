package field

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// Reader reads what stands for a code (category.Parse).
type Reader func(typed string) (code string, ok bool)

// Check gives what was typed as it is kept: cleaned, closed lists and categories by their codes, with what stands
// where nothing was said. What is wrong is told in problems by the fields' codes. Whatever rule joins several fields
// is the kind's own.
func (l List) Check(v Values, now time.Time, category Reader, problems problem.Problems) Values {
	kept := Values{}
	for _, f := range l {
		kept[f.Code] = f.check(v, now, category, problems)
	}
	return kept
}

func (f Field) check(v Values, now time.Time, category Reader, problems problem.Problems) any {
	most := cmp.Or(f.Most, math.MaxInt)
	said := v.Text(f.Code)
	switch f.Input {
	case Chips:
		return problems.Choose(f.Code, said, f.Otherwise, f.Words)
	case Category:
		return problems.Category(f.Code, said, category)
	case Tick:
		return v.Yes(f.Code)
	case Number:
		n := v.Number(f.Code)
		if n < 0 || n > most {
			problems[f.Code] = fmt.Sprintf("%s请写 1 到 %d", f.Name, most)
		}
		if n <= 0 {
			return number(f.Otherwise)
		}
		return n
	case People:
		names := spelling.People(strings.Join(v.List(f.Code), "\n"))
		return append([]string{}, problems.Names(f.Code, names, spelling.Name, most, f.Counted)...)
	case Day:
		if strings.TrimSpace(said) == "" {
			return nil
		}
		at, _, why := day.Read(said, now)
		if why != "" {
			problems[f.Code] = why
		}
		return at
	case Area:
		said = problems.Text(f.Code, said, most)
	default:
		said = problems.Line(f.Code, said, most)
	}
	if f.Wrong != nil {
		if why := f.Wrong(said); why != "" {
			problems[f.Code] = why
		}
	}
	return cmp.Or(said, f.Otherwise)
}
