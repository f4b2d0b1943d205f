package bench

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"lianluo.local/app/crew"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/staff"
	"lianluo.local/data/suite"
)

// BenchmarkGuard is one ask whether somebody may, at a home where twenty people work.
func BenchmarkGuard(b *testing.B) {
	for _, name := range []string{"plain", suite.SM} {
		b.Run(name, func(b *testing.B) {
			ctx, h := context.Background(), &bench{}
			var key sealed.Key
			var err error
			if name != "plain" {
				key, err = sealed.Read(name, bytes.Repeat([]byte{1}, sealed.Size))
			}
			if err == nil {
				err = h.begin(ctx, home.Home(filepath.Join(b.TempDir(), "home")), key)
			}
			if err != nil {
				b.Fatal(err)
			}
			defer h.app.Close()
			var by clerk.Clerk
			for i := range 20 {
				u, err := h.app.Crew.Act(ctx, by, crew.Order{Do: staff.Add, Name: fmt.Sprint("成玉兰", i),
					Roles: []string{string(right.Administrator), string(right.Liaison)}})
				if err != nil {
					b.Fatal(err)
				}
				if i == 0 {
					by = clerk.Clerk{User: u.ID, Name: u.Name}
				}
			}
			for b.Loop() {
				if err := h.app.Crew.Guard(ctx, by, right.Users); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
