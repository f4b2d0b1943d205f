package suite

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"sync"

	"filippo.io/age"
)

type ageSuite struct{}

func (ageSuite) File() string { return "age.key" }

// Make reads 64 bytes.
func (ageSuite) Make(random io.Reader) (Secret, error) {
	var seed [64]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return Secret{}, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(seed[:32]))
	if err != nil {
		return Secret{}, err
	}
	x, err := age.ParseX25519Identity(bech32("AGE-SECRET-KEY-", seed[32:]))
	if err != nil {
		return Secret{}, err
	}
	return Secret{Age, inPEM(der), fmt.Appendf(nil, "# public key: %s\n%s\n", x.Recipient(), x)}, nil
}

func inPEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// signers are the keys that were read before: reading one costs as much as signing with it.
var signers sync.Map

func (ageSuite) signing(own Secret) (ed25519.PrivateKey, error) {
	if k, ok := signers.Load(string(own.Sign)); ok {
		return k.(ed25519.PrivateKey), nil
	}
	if block, _ := pem.Decode(own.Sign); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if k, ok := key.(ed25519.PrivateKey); ok {
				signers.Store(string(own.Sign), k)
				return k, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: no Ed25519", ErrKey)
}

// identities are those that were read before: reading one costs as much as opening a bundle.
var identities sync.Map

func (ageSuite) opening(own Secret) (*age.X25519Identity, error) {
	if x, ok := identities.Load(string(own.Open)); ok {
		return x.(*age.X25519Identity), nil
	}
	if keys, _ := age.ParseIdentities(bytes.NewReader(own.Open)); len(keys) == 1 {
		if x, ok := keys[0].(*age.X25519Identity); ok {
			identities.Store(string(own.Open), x)
			return x, nil
		}
	}
	return nil, fmt.Errorf("%w: no X25519", ErrKey)
}

func (s ageSuite) Public(own Secret) (Public, error) {
	sign, err1 := s.signing(own)
	open, err2 := s.opening(own)
	if err := errors.Join(err1, err2); err != nil {
		return Public{}, err
	}
	return Public{Sign: Key(sign.Public().(ed25519.PublicKey)), Age: open.Recipient().String()}, nil
}

func (ageSuite) Check(p Public) error {
	if _, err := age.ParseX25519Recipient(p.Age); err != nil {
		return fmt.Errorf("%w: %v", ErrKey, err)
	}
	if len(p.Sign) != ed25519.PublicKeySize {
		return fmt.Errorf("%w: %d bytes for Ed25519", ErrKey, len(p.Sign))
	}
	return nil
}

func (s ageSuite) Sign(own Secret, message []byte) ([]byte, error) {
	key, err := s.signing(own)
	if err != nil {
		return nil, err
	}
	return ed25519.Sign(key, message), nil
}

func (ageSuite) Verify(key Key, message, signature []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(ed25519.PublicKey(key), message, signature)
}

func (ageSuite) Encrypt(plain []byte, to []Public) ([]byte, error) {
	var recipients []age.Recipient
	for _, p := range to {
		if p.Suite() != Age {
			return nil, fmt.Errorf("%w: recipient of %q", ErrMixed, p.Suite())
		}
		r, err := age.ParseX25519Recipient(p.Age)
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrKey, err)
		}
		recipients = append(recipients, r)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipients...)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(plain); err != nil {
		return nil, err
	}
	if err = w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s ageSuite) Decrypt(cipher []byte, own []Secret) ([]byte, error) {
	var keys []age.Identity
	for _, o := range own {
		if o.Suite != Age {
			continue
		}
		key, err := s.opening(o)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, ErrNotOurs
	}
	r, err := age.Decrypt(bytes.NewReader(cipher), keys...)
	if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
		return nil, ErrNotOurs
	} else if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	plain := bytes.NewBuffer(make([]byte, 0, len(cipher)+bytes.MinRead))
	if _, err := plain.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return plain.Bytes(), nil
}
