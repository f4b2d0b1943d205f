package suite

import "strings"

// bech32 writes bytes as BIP 173 text under an upper-case prefix: five bits a letter, six letters of checksum. age
// reads such text but makes it only from randomness of its own; ours is given.
func bech32(prefix string, data []byte) string {
	const letters = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
	sum := uint32(1)
	mix := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			sum ^= g * (top >> i & 1)
		}
	}
	low := strings.ToLower(prefix)
	for i := range low {
		mix(low[i] >> 5)
	}
	mix(0)
	for i := range low {
		mix(low[i] & 31)
	}
	out := []byte(prefix + "1")
	put := func(v byte) { out = append(out, letters[v]) }
	var acc, bits uint
	for _, b := range append(data[:len(data):len(data)], 0) { // the zero byte is padding
		acc, bits = acc<<8|uint(b), bits+8
		for ; bits >= 5 && len(out)-len(prefix)-1 < (8*len(data)+4)/5; bits -= 5 {
			v := byte(acc >> (bits - 5) & 31)
			mix(v)
			put(v)
		}
	}
	for range 6 {
		mix(0)
	}
	sum ^= 1
	for i := 5; i >= 0; i-- {
		put(byte(sum >> (5 * i) & 31))
	}
	return string(out)
}
