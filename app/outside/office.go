package outside

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Sheets is how Office writes every sheet of a workbook as text, each into a file of its own: numbers as they are, not as they
// are shown.
const Sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

// afresh lets LibreOffice calculate every formula of a workbook that it opens, whatever stands beside it.
const afresh = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">` +
	`<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`

// Office lets LibreOffice open files, calculate them afresh and write them as something else, into a directory that it gives.
// It skips a test where there is none: nothing installs it for tests, for it takes half a gigabyte.
func Office(t testing.TB, to string, files ...string) (dir string) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("there is no LibreOffice here (its half gigabyte is not installed for tests): no other program opened what was written")
	}
	dir, own := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(own, "user"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "user", "registrymodifications.xcu"), []byte(afresh), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "-env:UserInstallation=file://" + own, "--convert-to", to, "--outdir", dir}
	run := exec.Command("soffice", append(args, files...)...)
	run.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // it names files by the names of sheets
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	return dir
}
