package signed

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"slices"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"lianluo.local/data/keyring"
	"lianluo.local/data/suite"
)

// form is how a suite is written in a CMS.
type form struct {
	signedData, data  asn1.ObjectIdentifier
	digest, signature asn1.ObjectIdentifier
	sum               func(parts ...[]byte) []byte
	public            func(suite.Key) (crypto.PublicKey, error)
}

var forms = map[string]form{
	suite.Age: {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1},
		asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, asn1.ObjectIdentifier{1, 3, 101, 112},
		func(parts ...[]byte) []byte {
			h := sha512.New()
			for _, p := range parts {
				h.Write(p)
			}
			return h.Sum(nil)
		},
		func(k suite.Key) (crypto.PublicKey, error) { return ed25519.PublicKey(k), nil }},
	suite.SM: {asn1.ObjectIdentifier{1, 2, 156, 10197, 6, 1, 4, 2, 2}, asn1.ObjectIdentifier{1, 2, 156, 10197, 6, 1, 4, 2, 1},
		asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}, asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 301, 1},
		func(parts ...[]byte) []byte {
			h := sm3.New()
			for _, p := range parts {
				h.Write(p)
			}
			return h.Sum(nil)
		},
		func(k suite.Key) (crypto.PublicKey, error) { return sm2.NewPublicKey(k) }},
}

// What the attributes and the comment of a certificate are called (RFC 5652, 5035; Netscape's comment).
var (
	contentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	messageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	signingTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	certificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	comment       = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 13}
)

// The parts of a CMS that we write, RFC 5652.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version      int
		Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
		Content      struct{ Type asn1.ObjectIdentifier }
		Certificates asn1.RawValue
		Signers      []signerInfo `asn1:"set"`
	}
	signerInfo struct {
		Version int
		Issuer  struct {
			Name   asn1.RawValue
			Number *big.Int
		}
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values []any `asn1:"set"`
	}
	certificateID struct { // ESSCertIDv2 in SigningCertificateV2
		IDs []struct {
			Algorithm pkix.AlgorithmIdentifier
			Hash      []byte
		}
	}
)

// attributes are what is signed: the contents by their digest, when, and by whose certificate.
func (f form) attributes(digest []byte, certificate []byte, at time.Time) ([]byte, error) {
	var id certificateID
	id.IDs = append(id.IDs, struct {
		Algorithm pkix.AlgorithmIdentifier
		Hash      []byte
	}{pkix.AlgorithmIdentifier{Algorithm: f.digest}, f.sum(certificate)})
	return asn1.MarshalWithParams([]attribute{{contentType, []any{f.data}}, {messageDigest, []any{digest}},
		{signingTime, []any{at.UTC()}}, {certificateV2, []any{id}}}, "set")
}

// write is the whole of a CMS; signature is that of the attributes.
func (f form) write(attributes []byte, c *smx509.Certificate, signature []byte) ([]byte, error) {
	var set asn1.RawValue
	if _, err := asn1.Unmarshal(attributes, &set); err != nil {
		return nil, err
	}
	inner := func(b []byte) asn1.RawValue {
		return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: b}
	}
	digest := pkix.AlgorithmIdentifier{Algorithm: f.digest}
	by := signerInfo{Version: 1, Digest: digest, Attributes: inner(set.Bytes),
		Algorithm: pkix.AlgorithmIdentifier{Algorithm: f.signature}, Signature: signature}
	by.Issuer.Name, by.Issuer.Number = asn1.RawValue{FullBytes: c.RawIssuer}, c.SerialNumber
	all := signedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{digest}, Certificates: inner(c.Raw),
		Signers: []signerInfo{by}}
	all.Content.Type = f.data
	return asn1.Marshal(contentInfo{f.signedData, all})
}

// signs is the key of a signer as makers of certificates want it.
type signs struct {
	Signer
	public crypto.PublicKey
}

func (s signs) Public() crypto.PublicKey { return s.public }

// Sign signs the message itself, which both suites want, and writes the signature as their standards do.
func (s signs) Sign(_ io.Reader, message []byte, _ crypto.SignerOpts) ([]byte, error) {
	b, err := s.Signer.Sign(message)
	if err != nil || s.Suite() != suite.SM {
		return b, err
	}
	return asn1.Marshal(numbers{new(big.Int).SetBytes(b[:32]), new(big.Int).SetBytes(b[32:])})
}

// numbers are a signature of SM2 as its standard writes it; package suite has them one behind the other.
type numbers struct{ R, S *big.Int }

// bare is a signature as package suite has it, nil for none.
func bare(name string, signature []byte) []byte {
	if name != suite.SM {
		return signature
	}
	var n numbers
	if rest, err := asn1.Unmarshal(signature, &n); err != nil || len(rest) > 0 || n.R.Sign() < 0 || n.S.Sign() < 0 ||
		n.R.BitLen() > 256 || n.S.BitLen() > 256 {
		return nil
	}
	b := make([]byte, 64)
	n.R.FillBytes(b[:32])
	n.S.FillBytes(b[32:])
	return b
}

// always is the end of a certificate that has none, RFC 5280, 4.1.2.5.
var always = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// certificate makes the one of a signer for a moment.
func certificate(s Signer, f form, at time.Time) (*smx509.Certificate, error) {
	public, err := f.public(s.Card.Sign)
	if err != nil {
		return nil, err
	}
	card, err := asked(s.Card)
	if err != nil {
		return nil, err
	}
	text, err := asn1.MarshalWithParams(card, "ia5")
	if err != nil {
		return nil, err
	}
	hash := s.Hash()
	name := pkix.Name{CommonName: s.Name, SerialNumber: s.Unit}
	t := &x509.Certificate{SerialNumber: new(big.Int).SetBytes(hash[:16]), Subject: name, Issuer: name,
		NotBefore: at.UTC(), NotAfter: always, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		ExtraExtensions: []pkix.Extension{{Id: comment, Value: text}}}
	der, err := smx509.CreateCertificate(nil, t, t, public, signs{s, public})
	if err != nil {
		return nil, err
	}
	return smx509.ParseCertificate(der)
}

// seal is the CMS of a signer over contents of which the digest is given.
func seal(s Signer, digest []byte, at time.Time) ([]byte, error) {
	f, ok := forms[s.Suite()]
	if !ok {
		return nil, fmt.Errorf("sign: %w: %q", suite.ErrUnknown, s.Suite())
	}
	c, err := certificate(s, f, at)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	told, err := f.attributes(digest, c.Raw, at)
	if err != nil {
		return nil, err
	}
	signature, err := signs{Signer: s}.Sign(nil, told, nil)
	if err != nil {
		return nil, err
	}
	return f.write(told, c, signature)
}

// open reads a CMS: who signed what digest, and when; behind is what follows it. It is taken in the one spelling in which it is
// written alone, and fails with ErrForeign. Whether the digest is that of some contents the caller sees.
func open(cms []byte) (s Signature, digest, behind []byte, err error) {
	var in contentInfo
	if behind, err = asn1.Unmarshal(cms, &in); err != nil || len(in.Content.Signers) != 1 {
		return s, nil, nil, ErrForeign
	}
	by := in.Content.Signers[0]
	c, err := smx509.ParseCertificate(in.Content.Certificates.Bytes)
	if err != nil || !s.of(c) || !s.told(by.Attributes.Bytes, &digest) {
		return s, nil, nil, ErrForeign
	}
	f := forms[s.Suite()]
	told, err1 := f.attributes(digest, c.Raw, s.At)
	again, err2 := f.write(told, c, by.Signature)
	if err1 != nil || err2 != nil || !bytes.HasPrefix(cms, again) {
		return s, nil, nil, ErrForeign
	}
	if suites, err := suite.Named(s.Suite()); err != nil || !suites.Verify(s.Sign, told, bare(s.Suite(), by.Signature)) {
		return s, nil, nil, ErrForeign
	}
	return s, digest, behind, nil
}

// told reads of the attributes what contents they are of, and when they were signed.
func (s *Signature) told(attributes []byte, digest *[]byte) bool {
	for len(attributes) > 0 {
		var a struct {
			Type   asn1.ObjectIdentifier
			Values asn1.RawValue
		}
		rest, err := asn1.Unmarshal(attributes, &a)
		switch attributes = rest; {
		case err != nil:
			return false
		case a.Type.Equal(messageDigest):
			_, err = asn1.Unmarshal(a.Values.Bytes, digest)
		case a.Type.Equal(signingTime):
			_, err = asn1.Unmarshal(a.Values.Bytes, &s.At)
		}
		if err != nil {
			return false
		}
	}
	return *digest != nil && !s.At.IsZero()
}

// of reads the card that a certificate carries, which must be that of its key.
func (s *Signature) of(c *smx509.Certificate) bool {
	at := slices.IndexFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(comment) })
	var text string
	if at < 0 {
		return false
	}
	if _, err := asn1.UnmarshalWithParams(c.Extensions[at].Value, &text, "ia5"); err != nil {
		return false
	}
	card, err := keyring.ReadCard([]byte(text))
	if err != nil {
		return false
	}
	s.Card = card
	switch k := c.PublicKey.(type) {
	case ed25519.PublicKey:
		return card.Suite() == suite.Age && card.Sign.Equal(suite.Key(k))
	case *ecdsa.PublicKey:
		p, err := sm2.PublicKeyToECDH(k)
		return err == nil && card.Suite() == suite.SM && card.Sign.Equal(p.Bytes())
	}
	return false
}
