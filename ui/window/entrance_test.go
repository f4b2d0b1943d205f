package window

import (
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/crew"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/data/staff"
	"lianluo.local/data/vault"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
	"lianluo.local/ui/reception"
)

const wang, li = "院里的槐树开花了", "东沟的石板桥东边"

// guarded sets up a home that 王明 (who may everything a station does) and 李慧敏 (a volunteer) open by their passwords.
func guarded(t *testing.T) home.Home {
	t.Helper()
	homes++
	world := apptest.New(t)
	world.Seed = homes
	o := world.SetUp("station", apptest.Yuanjia)
	var made [2]staff.User
	for i, order := range []crew.Order{{Name: "王明"}, {Name: "李慧敏", Roles: []string{"volunteer"}}} {
		var err error
		made[i], err = o.Crew.Act(t.Context(), o.Clerk(), order)
		must(t, err)
		_, err = o.Sit(t.Context(), "王明")
		must(t, err)
	}
	o.Settings.Practice = false // an exercise opens by itself, this one shall not
	must(t, o.Settings.Save(o.Home))
	key, err := o.Protect(t.Context(), app.Person{User: made[0].ID, Name: "王明"}, wang)
	must(t, err)
	must(t, vault.Change(o.Home, func(v *vault.Vault) error {
		return v.AddPassword(key, vault.Holder{User: made[1].ID, Name: "李慧敏"}, li, vault.Usual)
	}))
	return o.Home
}

// working is the window of a home that is no exercise, by the computer's own clock.
func working(t *testing.T, h home.Home) *Window {
	w := New(test.NewTempApp(t), h, nil, kit.Inline, false)
	t.Cleanup(w.Close)
	w.win.Resize(fyne.NewSize(1366, 720))
	return w
}

// signIn types a name and a password.
func signIn(w *Window, k kittest.Window, name, password string) {
	e := kittest.Find(k.Content(), func(o fyne.CanvasObject) bool { _, ok := o.(*kit.Entry); return ok }).(*kit.Entry)
	e.SetText("")
	kit.Focus(e)
	k.Type(name)
	k.Press(fyne.KeyReturn)
	k.Type(password)
	k.Press(fyne.KeyReturn)
}

// A locked home opens for a person alone. Whoever leaves finds what he was filling in, to the letter; another who sits down
// meanwhile has what his work needs, and nothing of it.
func TestLockedHome(t *testing.T) {
	w := working(t, guarded(t))
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 18))
	k := kittest.Window{Window: w.win, TB: t}
	now := dusk
	kit.Clock = func() time.Time { return now }
	t.Cleanup(func() { kit.Clock = nil; kit.Uncover() })
	if w.app != nil || !strings.Contains(k.Words(), "记录锁着") {
		t.Fatal(k.Words())
	}
	if signIn(w, k, "王明", "院里的槐树开花吗"); w.app != nil || !strings.Contains(k.Words(), "姓名或密码不对") {
		t.Fatal(k.Words())
	}
	k.Shot("locked-wrong")
	if signIn(w, k, "王明", wang); w.app == nil || !strings.Contains(k.Sheet(), "今天的开锁码") {
		t.Fatal(k.Words())
	}
	k.Shot("locked-code")
	if press(w, fyne.KeyL, true); !kit.Covered() { // below it the dialog stays, one of it
		t.Error("a dialog keeps the window open")
	}
	k.Type(wang)
	k.Press(fyne.KeyReturn)
	k.Type("4821")
	k.Press(fyne.KeyReturn)
	if w.win.Canvas().Overlays().Top() != nil || w.frame.here.code != "home" {
		t.Fatal(k.Words())
	}

	w.open("reception")
	page := w.frame.here.content.(*reception.Page)
	words := w.win.Canvas().Focused()
	k.Type("李福海")
	k.Press(fyne.KeyLeft)
	now = now.Add(4 * time.Minute)
	if w.tick(); kit.Covered() {
		t.Error("locked after four minutes")
	}
	test.Type(words, "")
	now = now.Add(2 * time.Minute)
	w.tick()
	if !kit.Covered() || !strings.Contains(k.Words(), "李福海") {
		t.Fatal("not dimmed: " + k.Words())
	}
	k.Shot("veil-dim")
	k.Type("4821")
	k.Press(fyne.KeyReturn)
	if kit.Covered() || w.win.Canvas().Focused() != words {
		t.Fatal("the caret is elsewhere: " + k.Words())
	}
	if k.Type("大"); !strings.Contains(k.Words(), "李福大海") {
		t.Error(k.Words())
	}

	press(w, fyne.KeyL, true)
	k.Shot("veil-hide")
	k.Tap("换人")
	k.Type("2")
	k.Type("李慧敏")
	k.Press(fyne.KeyReturn)
	k.Type(li)
	k.Press(fyne.KeyReturn)
	if kit.Covered() || w.app.Clerk().Name != "李慧敏" {
		t.Fatal(k.Words())
	}
	k.Press(fyne.KeyEscape) // no code today
	k.Shot("volunteer")
	var has []string
	for _, p := range w.frame.titled() {
		has = append(has, p.code)
	}
	if got := strings.Join(has, " "); strings.Contains(k.Words(), "李福大海") || !strings.Contains(got, "reception") ||
		strings.Contains(got, "users") || strings.Contains(got, "figures") {
		t.Errorf("a volunteer has %s: %s", got, k.Words())
	}
	press(w, fyne.KeyL, true)
	k.Tap("换人")
	k.Type("2")
	k.Type("4821")
	k.Press(fyne.KeyReturn)
	if w.app.Clerk().Name != "王明" || w.frame.here.content != page || w.win.Canvas().Focused() != words {
		t.Fatal(k.Words())
	}
	if k.Type("的"); !strings.Contains(k.Words(), "李福大的海") {
		t.Error(k.Words())
	}
	w.open("users")
	k.Shot("users")
	if says := k.Words(); !strings.Contains(says, "王明（您）") || !strings.Contains(says, "值班员") {
		t.Error(says)
	}
}

// Where somebody was locked, 今天 says that the key is to be renewed until somebody does it there; whoever was renamed hears by
// which name he signs in.
func TestKeyIsRenewed(t *testing.T) {
	w := working(t, guarded(t))
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 18))
	k := kittest.Window{Window: w.win, TB: t}
	signIn(w, k, "王明", wang)
	k.Press(fyne.KeyEscape)
	for _, o := range []crew.Order{{Do: staff.Lock, User: "李慧敏"}, {Do: staff.Rename, User: "王明", Name: "王明明"}} {
		_, err := w.app.Staff(t.Context(), w.app.Clerk(), o)
		must(t, err)
	}
	w.open("home")
	if !strings.Contains(k.Words(), "钥匙还没有换") {
		t.Fatal(k.Words())
	}
	k.Shot("stale")
	k.Tap("换钥匙…")
	k.Shot("renew")
	k.Tap("换钥匙")
	if says := k.Words(); !strings.Contains(says, "换好了钥匙") || strings.Contains(says, "钥匙还没有换") {
		t.Fatal(says)
	}
	k.Shot("renewed")
	k.Press(fyne.KeyEscape) // no code today
	press(w, fyne.KeyL, true)
	k.Tap("换人")
	k.Type("2")
	k.Type("王明")
	k.Press(fyne.KeyReturn)
	k.Type(wang)
	k.Press(fyne.KeyReturn)
	if kit.Covered() || !strings.Contains(k.Words(), "以后登录输“王明明”") {
		t.Error(k.Words())
	}
}

// Whoever signs in where the records are damaged is shown why, and the copies that can be put back.
func TestLockedHomeThatIsDamaged(t *testing.T) {
	h := guarded(t)
	must(t, os.WriteFile(h.Database(), []byte("broken"), 0o600))
	for _, log := range []string{"-wal", "-shm"} {
		_ = os.Remove(h.Database() + log)
	}
	w := working(t, h)
	k := kittest.Window{Window: w.win, TB: t}
	if w.app != nil || !strings.Contains(k.Words(), "记录锁着") {
		t.Fatal(k.Words())
	}
	if signIn(w, k, "王明", wang); w.frame != nil || !w.reads("① 选一份备份") {
		t.Error(k.Words())
	}
}

// A home that everybody can read asks for a first password whenever the program starts; once it has one, nobody opens it
// without.
func TestFirstPassword(t *testing.T) {
	h := alone(t, "station", apptest.Yuanjia)
	s, err := settings.Load(h)
	must(t, err)
	s.Practice = false
	must(t, s.Save(h))
	start := func() (*Window, kittest.Window) {
		w := New(test.NewTempApp(t), h, nil, kit.Inline, false)
		w.win.Resize(fyne.NewSize(1366, 720))
		return w, kittest.Window{Window: w.win, TB: t}
	}
	w, k := start()
	if !strings.Contains(k.Words(), "设一个密码") {
		t.Fatal(k.Words())
	}
	if press(w, fyne.KeyEscape, false); w.frame == nil || w.app.Clerk().User != "" || app.Locked(h) {
		t.Fatal(k.Words())
	}
	w.Close()
	w, k = start()
	for range 2 {
		k.Type(wang)
		k.Press(fyne.KeyReturn)
	}
	if w.frame == nil || w.app.Clerk().User == "" || !app.Locked(h) || !strings.Contains(k.Sheet(), "今天的开锁码") {
		t.Fatal(k.Words())
	}
	w.Close()
	w, k = start()
	defer w.Close()
	if strings.Contains(k.Words(), s.Clerk) {
		t.Error("whoever finds the computer reads who works here: " + k.Words())
	}
	if signIn(w, k, s.Clerk, wang); w.app == nil || w.app.Clerk().Name != s.Clerk {
		t.Error(k.Words())
	}
}
