package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// verb is an exported function that takes who does it.
type verb struct {
	name, by string
	asks     bool
	calls    []string // functions that it gives him to
}

// Whoever acts is asked for a right, by every exported verb of app and of its parts that takes a clerk: by itself, or by the
// one to whom it hands him on. So no door leads past the guard, a new one neither.
func TestEveryVerbAsksForARight(t *testing.T) {
	free := map[string]string{
		"crew.Guard":   "it is who is asked",
		"app.Restored": "it writes down what was done while no home was open",
		"roster.Desk":  "what its orders come to is written by Act, Alter and batch.Take",
	}
	var verbs []verb
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch top, _, _ := strings.Cut(filepath.ToSlash(path), "/"); {
		case err != nil, d.IsDir() && slices.Contains([]string{"apptest", "demo", "bench"}, top):
			if err == nil {
				err = fs.SkipDir
			}
			return err
		case d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
				if v := verbOf(file.Name.Name, f); v.by != "" {
					verbs = append(verbs, v)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	asks := map[string]bool{}
	for range verbs { // who hands on to one that asks, asks
		for _, v := range verbs {
			if v.asks || slices.ContainsFunc(v.calls, func(f string) bool { return asks[f] }) {
				asks[v.name[strings.LastIndexByte(v.name, '.')+1:]] = true
			}
		}
	}
	exported := 0
	for _, v := range verbs {
		short := v.name[strings.LastIndexByte(v.name, '.')+1:]
		if !ast.IsExported(short) {
			continue
		}
		exported++
		if !v.asks && !slices.ContainsFunc(v.calls, func(f string) bool { return asks[f] }) && free[v.name] == "" {
			t.Errorf("%s asks for no right", v.name)
		}
	}
	if exported < 25 {
		t.Errorf("only %d verbs were found", exported)
	}
}

// verbOf is what a function does with a clerk that it takes.
func verbOf(pkg string, f *ast.FuncDecl) (v verb) {
	v.name = pkg + "." + f.Name.Name
	for _, p := range f.Type.Params.List {
		if s, ok := p.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Clerk" && len(p.Names) > 0 {
			v.by = p.Names[0].Name
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !slices.ContainsFunc(call.Args, func(a ast.Expr) bool { id, ok := a.(*ast.Ident); return ok && id.Name == v.by }) {
			return true
		}
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			on, _ := fun.X.(*ast.SelectorExpr)
			v.asks = v.asks || fun.Sel.Name == "Ask" && on != nil && strings.EqualFold(on.Sel.Name, "guard") || fun.Sel.Name == "Guard"
			v.calls = append(v.calls, fun.Sel.Name)
		case *ast.Ident:
			v.calls = append(v.calls, fun.Name)
		}
		return true
	})
	return v
}
