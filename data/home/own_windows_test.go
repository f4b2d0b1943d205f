package home

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// strangers are the accounts of whom an access list of a folder speaks that are neither its owner nor the system's: all of them,
// as "everyone" and "users" are.
func strangers(t *testing.T, dir string) (list []string) {
	t.Helper()
	sd, err := windows.GetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	owner, _, err1 := sd.Owner()
	acl, _, err2 := sd.DACL()
	user, err3 := windows.GetCurrentProcessToken().GetTokenUser()
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for i := range uint32(acl.AceCount) {
		var ace *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(acl, i, &ace); err != nil {
			t.Fatal(err)
		}
		sid := (*windows.SID)(unsafe.Pointer(&ace.SidStart))
		if ace.Header.AceType == windows.ACCESS_ALLOWED_ACE_TYPE && ace.Mask != 0 && !sid.Equals(owner) && !sid.Equals(user.User.Sid) &&
			!sid.IsWellKnown(windows.WinLocalSystemSid) && !sid.IsWellKnown(windows.WinBuiltinAdministratorsSid) {
			list = append(list, fmt.Sprintf("%s %x", sid, ace.Mask))
		}
	}
	return list
}

// Nobody but its owner, the system and its administrators gets into a home, wherever it lies; whom it was given to later, once it
// was set up, keeps it.
func TestMakeIsTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "联络站")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	open, err := windows.SecurityDescriptorFromString("D:(A;OICI;FA;;;WD)")
	if err != nil {
		t.Fatal(err)
	}
	lay := func() {
		t.Helper()
		f, err := opened(dir, windows.WRITE_DAC)
		if err == nil {
			err = errors.Join(windows.SetKernelObjectSecurity(f, windows.DACL_SECURITY_INFORMATION, open), windows.CloseHandle(f))
		}
		if err != nil || len(strangers(t, dir)) == 0 {
			t.Fatal("an open folder is not seen as one", err)
		}
	}
	lay()
	if err := Home(dir).Make(); err != nil {
		t.Fatal(err)
	}
	if list := strangers(t, dir); len(list) > 0 {
		t.Errorf("others get in: %v", list)
	}
	if err := errors.Join(os.WriteFile(Home(dir).Settings(), []byte("{}"), 0o600), os.Remove(Home(dir).Settings())); err != nil {
		t.Fatal("the owner does not:", err)
	}
	if err := os.WriteFile(Home(dir).Settings(), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	lay()
	if err := Home(dir).Make(); err != nil || len(strangers(t, dir)) == 0 {
		t.Errorf("a home that was set up is taken away from somebody: %v", err)
	}
}
