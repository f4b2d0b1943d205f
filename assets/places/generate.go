//go:build ignore

// Generate writes the initials column of a CSV file anew from its name column, adding the column where there is none.
// The file keeps its other columns and its order. Run it by go generate after a change of names or of data/pinyin.
package main

import (
	"encoding/csv"
	"log"
	"os"
	"slices"

	"lianluo.local/data/pinyin"
)

func main() {
	for _, name := range os.Args[1:] {
		if err := generate(name); err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
}

func generate(name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(in).ReadAll()
	in.Close()
	if err != nil {
		return err
	}
	from, to := slices.Index(rows[0], "name"), slices.Index(rows[0], "initials")
	for i := range rows {
		if to < 0 {
			rows[i] = append(rows[i], "initials")
		}
		if i > 0 {
			column := to
			if to < 0 {
				column = len(rows[i]) - 1
			}
			rows[i][column] = pinyin.Initials(rows[i][from])
		}
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer out.Close()
	w := csv.NewWriter(out)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return out.Close()
}
