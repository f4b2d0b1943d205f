package setup

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/settings"
)

// ErrReal says that a home which is at work is not laid aside.
var ErrReal = problem.New("home is no practice home", "这里是正式用的资料，不能当练习收起来。")

// EndPractice lays all that a practice home holds aside, into a folder of its own there, so that a real one can be
// set up in its place. Nobody may have its records open. It fails with ErrReal for a home that is at work.
func EndPractice(h home.Home, now time.Time) error {
	s, err := settings.Load(h)
	if err != nil {
		return err
	}
	if !s.Practice {
		return ErrReal
	}
	files, err := os.ReadDir(string(h))
	if err != nil {
		return fmt.Errorf("end practice: %w", err)
	}
	aside := filepath.Join(string(h), now.Format("practice-20060102-150405"))
	if err := os.Mkdir(aside, 0o700); err != nil {
		return fmt.Errorf("end practice: %w", err)
	}
	last := filepath.Base(h.Settings()) // with it the home is set up, without it it is not
	for _, f := range files {
		name := f.Name()
		// the window stays open
		if name != last && !strings.HasPrefix(name, "window.") && !strings.HasPrefix(name, "practice-") {
			if err := disk.Rename(filepath.Join(string(h), name), filepath.Join(aside, name)); err != nil {
				return fmt.Errorf("end practice: %w", err)
			}
		}
	}
	if err := disk.Rename(h.Settings(), filepath.Join(aside, last)); err != nil {
		return fmt.Errorf("end practice: %w", err)
	}
	return nil
}
