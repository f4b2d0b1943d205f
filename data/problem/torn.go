package problem

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
)

// Torn gives the fields of a JSON object, and of the objects in it, that hold one half of a character ("\ud800" without
// the half that belongs to it): a reader would put another character in its place, and nobody would know what was said.
func Torn(object []byte) []string { return torn("", object) }

func torn(field string, raw json.RawMessage) (fields []string) {
	if !halved(raw) {
		return nil
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(raw, &inner) == nil {
		for _, key := range slices.Sorted(maps.Keys(inner)) {
			fields = append(fields, torn(key, inner[key])...)
		}
	}
	if fields == nil {
		fields = []string{field}
	}
	return fields
}

// halved says whether JSON escapes one half of a surrogate pair alone.
func halved(raw []byte) bool {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		switch unit := escaped(raw[i:]); {
		case unit >= 0xdc00 && unit < 0xe000:
			return true
		case unit >= 0xd800 && unit < 0xdc00:
			if low := escaped(raw[i+6:]); low < 0xdc00 || low >= 0xe000 {
				return true
			}
			i += 6
			fallthrough
		case unit >= 0:
			i += 5
		default:
			i++
		}
	}
	return false
}

// escaped is the UTF-16 unit that \uXXXX at the head of raw stands for, -1 for anything else.
func escaped(raw []byte) int {
	var b [2]byte
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return -1
	}
	if _, err := hex.Decode(b[:], raw[2:6]); err != nil {
		return -1
	}
	return int(b[0])<<8 | int(b[1])
}
