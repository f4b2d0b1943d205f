// Package settings is settings.json: who we are and how this computer likes its papers. Facts that travel are entries,
// never settings.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
)

// Settings of one home.
type Settings struct {
	Role         journal.Level `json:"role"`
	Unit         string        `json:"unit"` // code in its one written form
	Name         string        `json:"name"` // 凤山街道袁家庄社区联络点
	Organisation string        `json:"organisation"`
	Phone        string        `json:"phone"`
	Hours        string        `json:"hours"` // when somebody answers the phone, as printed
	Clerk        string        `json:"clerk"` // who usually sits at the keyboard
	Parent       string        `json:"parent"`
	Folder       string        `json:"folder"`   // the shared folder, "" for none
	FolderID     string        `json:"folderID"` // its marker, so that another city's stick is not taken for it
	Second       string        `json:"second"`   // a second place for the weekly copy, "" for none
	Practice     bool          `json:"practice"`
	Printer      string        `json:"printer"` // "" for the system's own choice
	Paper        string        `json:"paper"`   // a5, a4, 80mm
	Sign         string        `json:"sign"`    // how files of papers are signed: "" not, inside, beside
	TextSize     float32       `json:"textSize"`
	Theme        string        `json:"theme"` // light, dark, contrast
}

// ErrNone says that the home was not set up yet.
var ErrNone = errors.New("home is not set up")

// ErrBroken says that the file does not say who we are.
var ErrBroken = errors.New("settings are broken")

// Load reads a home's settings.
func Load(h home.Home) (Settings, error) {
	var s Settings
	text, err := home.Text(h.Settings())
	if errors.Is(err, os.ErrNotExist) {
		return s, ErrNone
	}
	if large := home.Large(""); errors.Is(err, home.ErrText) || errors.As(err, &large) {
		return s, fmt.Errorf("settings: %w: %v", ErrBroken, err)
	}
	if err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	if fields := problem.Torn([]byte(text)); fields != nil {
		return s, fmt.Errorf("settings: %w: half a character in %s", ErrBroken, fields[0])
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("settings: %w: %v", ErrBroken, err)
	}
	if s.Role == "" || len(s.Unit) < 12 {
		return s, fmt.Errorf("settings: %w", ErrBroken)
	}
	return s, nil
}

// ErrSecond says that the weekly copies would lie where everybody reads.
var ErrSecond = problem.New("second place lies in the shared folder",
	"每周备份的第二个地方在报送用的共享文件夹（U盘）里，别的单位也看得到，没有往那里存。请在“备份和恢复”里换一个地方。")

// Placed fails with ErrSecond where the second place lies in a shared folder.
func (s Settings) Placed() error {
	if s.Second != "" && home.Shared(s.Second, s.Folder) {
		return ErrSecond
	}
	return nil
}

// Save writes them whole.
func (s Settings) Save(h home.Home) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return home.WriteWhole(h.Settings(), append(b, '\n'), 0o600)
}
