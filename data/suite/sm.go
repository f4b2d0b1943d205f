package suite

import (
	"bytes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm4"
	"github.com/emmansun/gmsm/smx509"
)

type smSuite struct{}

const (
	smMagic = "lianluo sm 1\n"
	points  = 65 // bytes of 04‖x‖y
	smKey   = 16
	wrapped = points + 32 + smKey
	nonce   = 12
	tag     = 16
)

// plain is GB/T 32918.4 as it is written there, without ASN.1 around it.
var plain = sm2.NewPlainEncrypterOpts(sm2.MarshalUncompressed, sm2.C1C3C2)

func (smSuite) File() string { return "sm2.key" }

// Make reads 32 bytes for each key, and again in the rare case that they are no number of the curve.
func (smSuite) Make(random io.Reader) (Secret, error) {
	var text [2][]byte
	for i := 0; i < len(text); {
		var seed [32]byte
		if _, err := io.ReadFull(random, seed[:]); err != nil {
			return Secret{}, err
		}
		key, err := sm2.NewPrivateKey(seed[:])
		if err != nil {
			continue
		}
		der, err := smx509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return Secret{}, err
		}
		text[i] = inPEM(der)
		i++
	}
	return Secret{SM, text[0], text[1]}, nil
}

func private(text []byte) (*sm2.PrivateKey, error) {
	if block, _ := pem.Decode(text); block != nil {
		if key, err := smx509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if k, ok := key.(*sm2.PrivateKey); ok {
				return k, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: no SM2", ErrKey)
}

func public(k Key) (*ecdsa.PublicKey, error) {
	if len(k) != points {
		return nil, fmt.Errorf("%w: %d bytes for SM2", ErrKey, len(k))
	}
	key, err := sm2.NewPublicKey(k)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return key, nil
}

// point is 04‖x‖y.
func point(k *sm2.PrivateKey) (Key, error) {
	p, err := sm2.PublicKeyToECDH(&k.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return p.Bytes(), nil
}

func (smSuite) Public(own Secret) (Public, error) {
	sign, err1 := private(own.Sign)
	open, err2 := private(own.Open)
	if err := errors.Join(err1, err2); err != nil {
		return Public{}, err
	}
	s, err1 := point(sign)
	o, err2 := point(open)
	return Public{Sign: s, SM2: o}, errors.Join(err1, err2)
}

func (smSuite) Check(p Public) error {
	_, err1 := public(p.Sign)
	_, err2 := public(p.SM2)
	return errors.Join(err1, err2)
}

// numbers are a signature as libraries write it.
type numbers struct{ R, S *big.Int }

// Sign writes r and s in 32 bytes each, so that a signature has one length and one form.
func (smSuite) Sign(own Secret, message []byte) ([]byte, error) {
	key, err := private(own.Sign)
	if err != nil {
		return nil, err
	}
	der, err := sm2.SignASN1(rand.Reader, key, message, sm2.DefaultSM2SignerOpts)
	if err != nil {
		return nil, err
	}
	var n numbers
	if _, err := asn1.Unmarshal(der, &n); err != nil {
		return nil, err
	}
	out := make([]byte, 64)
	n.R.FillBytes(out[:32])
	n.S.FillBytes(out[32:])
	return out, nil
}

func (smSuite) Verify(key Key, message, signature []byte) bool {
	k, err := public(key)
	if err != nil || len(signature) != 64 {
		return false
	}
	der, err := asn1.Marshal(numbers{new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])})
	return err == nil && sm2.VerifyASN1WithSM2(k, nil, message, der)
}

func (smSuite) Encrypt(message []byte, to []Public) ([]byte, error) {
	if len(to) == 0 || len(to) > 255 {
		return nil, fmt.Errorf("%w: %d recipients", ErrKey, len(to))
	}
	var fresh [smKey + nonce]byte
	if _, err := rand.Read(fresh[:]); err != nil {
		return nil, err
	}
	out := append([]byte(smMagic), byte(len(to)))
	for _, p := range to {
		if p.Suite() != SM {
			return nil, fmt.Errorf("%w: recipient of %q", ErrMixed, p.Suite())
		}
		k, err := public(p.SM2)
		if err != nil {
			return nil, err
		}
		wrap, err := sm2.Encrypt(rand.Reader, k, fresh[:smKey], plain)
		if err != nil {
			return nil, err
		}
		out = append(out, wrap...)
	}
	gcm, err := gcmOf(fresh[:smKey])
	if err != nil {
		return nil, err
	}
	top := bytes.Clone(out) // out itself is written to
	out = slices.Grow(out, nonce+len(message)+tag)
	return gcm.Seal(append(out, fresh[smKey:]...), fresh[smKey:], message, top), nil
}

func gcmOf(key []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (smSuite) Decrypt(sealed []byte, own []Secret) ([]byte, error) {
	var keys []*sm2.PrivateKey
	for _, o := range own {
		if o.Suite != SM {
			continue
		}
		key, err := private(o.Open)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, ErrNotOurs
	}
	body, ok := bytes.CutPrefix(sealed, []byte(smMagic))
	if !ok || len(body) < 1 || body[0] == 0 || len(body) < 1+int(body[0])*wrapped+nonce+tag {
		return nil, fmt.Errorf("%w: its top", ErrDamaged)
	}
	wraps := body[1 : 1+int(body[0])*wrapped]
	top, rest := sealed[:len(smMagic)+1+len(wraps)], body[1+len(wraps):]
	for ; len(wraps) > 0; wraps = wraps[wrapped:] {
		for _, k := range keys {
			key, err := unwrap(k, wraps[:wrapped])
			if err != nil {
				continue // another's
			}
			gcm, err := gcmOf(key)
			if err != nil {
				return nil, err
			}
			message, err := gcm.Open(nil, rest[:nonce], rest[nonce:], top)
			if err != nil {
				return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			return message, nil
		}
	}
	return nil, ErrNotOurs
}

// unwrap takes only the one form that Encrypt writes.
func unwrap(k *sm2.PrivateKey, wrap []byte) ([]byte, error) {
	if wrap[0] != 4 {
		return nil, ErrDamaged
	}
	return k.Decrypt(nil, wrap, sm2.NewPlainDecrypterOpts(sm2.C1C3C2))
}
