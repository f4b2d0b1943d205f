package pages

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"

	gm "github.com/emmansun/gmsm/cipher"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

const (
	content = page - reserved // of a page, what is enciphered
	block   = 16              // bytes, of both ciphers
)

// gcm is AES-GCM or SM4-GCM of pages alone. In GCM gmsm enciphers fewer blocks of SM4 at once than where it is asked for
// blocks and no more, which takes half the time; hence SM4-GCM is put together here of those and of its GMAC. What comes
// out is the same, byte for byte.
type gcm struct {
	cipher.AEAD
	blocks  cipher.BlockMode      // of SM4, one by one (ECB); nil for AES
	lengths [block]byte           // what parts the tag of a page from that of the same bytes, none of them enciphered
	message [block + content]byte // where a page is, and its ciphertext
	tag     [block]byte
}

func newGCM(key sealed.Key) gcm {
	g := gcm{AEAD: key.AEAD()}
	if key.Suite() == suite.SM {
		// Both tags are a hash in GF(2^128) over the same blocks and, last, their lengths (NIST SP 800-38D, 6.4 and 7.1),
		// plus the same mask: their sum depends on the lengths and the key alone, so any one page tells it.
		nonce, where := make([]byte, g.NonceSize()), make([]byte, block)
		one := g.Seal(nil, nonce, make([]byte, content), where)
		g.authenticate(nonce, one[:content], where)
		subtle.XORBytes(g.lengths[:], g.tag[:], one[content:])
		g.blocks = gm.NewECBEncrypter(key.Block())
	}
	return g
}

// seal writes ciphertext and tag of a plain page to another, of which the rest may be anything.
func (g *gcm) seal(to, nonce, plain, where []byte) {
	if g.blocks == nil {
		g.Seal(to[:0], nonce, plain[:content], where)
		return
	}
	g.encipher(to, nonce, plain[:content])
	g.authenticate(nonce, to[:content], where)
	copy(to[content:], g.tag[:])
}

// open makes a page plain but for its reserve, which may be anything, where its tag is its own.
func (g *gcm) open(p, nonce, where []byte) bool {
	if g.blocks == nil {
		_, err := g.Open(p[:0], nonce, p[:content+block], where)
		return err == nil
	}
	g.authenticate(nonce, p[:content], where)
	if subtle.ConstantTimeCompare(g.tag[:], p[content:content+block]) != 1 {
		return false
	}
	g.encipher(p, nonce, g.message[block:])
	return true
}

// encipher is counter mode, which deciphers as well. It fills all of a page, as 256 blocks are enciphered faster than
// 254; what then stands in the reserve is to be written over.
func (g *gcm) encipher(to, nonce, from []byte) {
	for at, n := 0, uint32(2); at < page; at, n = at+block, n+1 {
		copy(to[at:], nonce)
		binary.BigEndian.PutUint32(to[at+block-4:], n)
	}
	g.blocks.CryptBlocks(to[:page], to[:page])
	subtle.XORBytes(to, to, from)
}

// authenticate makes the tag of a page's ciphertext, which stays in message.
func (g *gcm) authenticate(nonce, ciphertext, where []byte) {
	copy(g.message[:], where)
	copy(g.message[block:], ciphertext)
	g.Seal(g.tag[:0], nonce, nil, g.message[:])
	subtle.XORBytes(g.tag[:], g.tag[:], g.lengths[:])
}
