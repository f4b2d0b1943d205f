// Parts adds to a list of Go modules (CycloneDX, on standard input) what is in the program beside them: the C of SQLite and
// GLFW, and the fonts.
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
	parts := list["components"].([]any)
	parts = append(parts,
		part{"type": "library", "name": "SQLite", "licenses": named("blessing"),
			"version": defined("github.com/mattn/go-sqlite3", "sqlite3-binding.h", "SQLITE_VERSION")},
		part{"type": "library", "name": "GLFW", "licenses": named("Zlib"),
			"version": defined("github.com/go-gl/glfw/v3.4/glfw", "glfw/include/GLFW/glfw3.h",
				"GLFW_VERSION_MAJOR", "GLFW_VERSION_MINOR", "GLFW_VERSION_REVISION")})
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
