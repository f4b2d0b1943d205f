package home

import (
	"strings"

	"golang.org/x/sys/windows"
)

// own lets nobody but the owner, the system and its administrators into a folder and what will be made in it: modes mean nothing
// on Windows, and outside of a profile every account of the computer reads. A disk that keeps no access lists (FAT), or a share
// where they are not ours to set, stays as it is; what protects there is that the records are sealed.
func own(dir string) error {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return err
	}
	// P: nothing from above; OICI: for files and folders in it; FA: all; SY: the system; BA: administrators
	list, err := windows.SecurityDescriptorFromString(
		"D:P(A;OICI;FA;;;" + user.User.Sid.String() + ")(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)")
	if err != nil {
		return err
	}
	if f, err := opened(dir, windows.WRITE_DAC); err == nil {
		_ = windows.SetKernelObjectSecurity(f, windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, list)
		_ = windows.CloseHandle(f)
	}
	return nil
}

// opened opens a file or folder for what is to be done with it, while others read and write it, too.
func opened(path string, access uint32) (windows.Handle, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	return windows.CreateFile(name, access, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE, nil,
		windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
}

// led gives the place to which a path leads that is there, as the system itself calls it: links and junctions gone through,
// a drive that stands for a folder or a share (subst, net use) and short names (PROGRA~1) written out, capitals as they are.
func led(path string) (string, error) {
	f, err := opened(path, 0)
	if err != nil {
		return "", err
	}
	defer windows.CloseHandle(f) //nolint:errcheck // it was only looked at
	b := make([]uint16, windows.MAX_LONG_PATH)
	n, err := windows.GetFinalPathNameByHandle(f, &b[0], uint32(len(b)), 0)
	if err != nil {
		return "", err
	}
	real := windows.UTF16ToString(b[:n])
	if share, ok := strings.CutPrefix(real, `\\?\UNC\`); ok {
		return `\\` + share, nil
	}
	return strings.TrimPrefix(real, `\\?\`), nil
}
