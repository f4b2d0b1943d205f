// Parts adds to a list of Go modules (CycloneDX, on standard input) what is in the program beside them: the C of SQLite and
// GLFW, the fonts, and on Windows what mingw-w64 links and NSIS puts before it all. It takes out what says on which computer the
// list was made: sums of the tool, which each builds for itself, and one of the processors for which it holds.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

type part = map[string]any

func main() {
	var list part
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&list); err != nil {
		log.Fatal(err)
	}
	about := list["metadata"].(part)
	delete(about, "tools")
	delete(about["component"].(part), "properties")
	parts := list["components"].([]any)
	patches := map[any]string{"github.com/go-text/typesetting": "typesetting", "github.com/go-gl/glfw/v3.4/glfw": "glfw-x11"}
	for _, of := range append(parts, about["component"]) {
		of := of.(part)
		of["purl"] = strings.Replace(of["purl"].(string), "goarch=amd64&", "", 1)
		if patch := patches[of["name"]]; patch != "" {
			of["pedigree"] = part{"notes": "changed by .ci/" + patch + ".patch of the source"}
		}
	}
	parts = append(parts,
		part{"type": "library", "name": "SQLite", "licenses": named("blessing"),
			"version": defined("github.com/mattn/go-sqlite3", "sqlite3-binding.h", "SQLITE_VERSION")},
		part{"type": "library", "name": "GLFW", "licenses": named("Zlib"),
			"version": defined("github.com/go-gl/glfw/v3.4/glfw", "glfw/include/GLFW/glfw3.h",
				"GLFW_VERSION_MAJOR", "GLFW_VERSION_MINOR", "GLFW_VERSION_REVISION")})
	if os.Args[1] == "windows" {
		parts = append(parts,
			part{"type": "library", "name": "mingw-w64", "licenses": named("ZPL-2.1"), "version": installed("mingw-w64-x86-64-dev")},
			part{"type": "library", "name": "NSIS", "licenses": named("Zlib"), "version": installed("nsis")})
	}
	files, err := filepath.Glob("assets/fonts/*.ttf")
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		sum := sha256.Sum256(b)
		parts = append(parts, part{"type": "file", "name": filepath.Base(name), "licenses": named("OFL-1.1"),
			"hashes": []part{{"alg": "SHA-256", "content": hex.EncodeToString(sum[:])}}})
	}
	list["components"] = parts
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(list); err != nil {
		log.Fatal(err)
	}
}

func named(licence string) []part { return []part{{"license": part{"id": licence}}} }

// installed is the version of a package of this computer's Debian.
func installed(name string) string {
	version, err := exec.Command("dpkg-query", "-W", "-f", "${Version}", name).Output()
	if err != nil {
		log.Fatal(name, ": ", err)
	}
	return string(version)
}

// defined are the values of some macros of a header in a module, with dots between them.
func defined(module, header string, macros ...string) string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		log.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(dir)), header))
	if err != nil {
		log.Fatal(err)
	}
	var values []string
	for _, macro := range macros {
		m := regexp.MustCompile(`#define\s+` + macro + `\s+"?([0-9.]+)`).FindSubmatch(b)
		if m == nil {
			log.Fatal(fmt.Sprint(header, " defines no ", macro))
		}
		values = append(values, string(m[1]))
	}
	return strings.Join(values, ".")
}
