package signed_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"slices"
	"testing"

	"lianluo.local/data/suite"
)

// What lies in a paper that is signed with Ed25519 is, read by nothing of ours, the CMS of RFC 5652 with the algorithms of
// RFC 8419: SHA-512 and Ed25519 without parameters, and a signature of Go's own over the attributes, as DER of a SET. (OpenSSL
// 3.0, NSS and GnuPG 2.2 make and take no Ed25519 in a CMS; OpenSSL takes certificate, digest and signature one by one.)
func TestEdwardsInCMS(t *testing.T) {
	pdf := sign(t, letter(t), signer(t, suite.Age, 1))
	_, hole, end := parts(pdf)
	der, err := hex.DecodeString(string(pdf[hole+1 : end-1]))
	if err != nil {
		t.Fatal(err)
	}
	type algorithm struct{ Is asn1.ObjectIdentifier } // with parameters it is refused
	var in struct {
		Type asn1.ObjectIdentifier
		Data struct {
			Version      int
			Digests      []algorithm `asn1:"set"`
			Content      struct{ Type asn1.ObjectIdentifier }
			Certificates asn1.RawValue `asn1:"tag:0"`
			Signers      []struct {
				Version int
				Issuer  struct {
					Name   asn1.RawValue
					Number *big.Int
				}
				Digest     algorithm
				Attributes asn1.RawValue `asn1:"tag:0"`
				Signature  algorithm
				Value      []byte
			} `asn1:"set"`
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &in); err != nil || len(in.Data.Signers) != 1 || len(in.Data.Digests) != 1 {
		t.Fatalf("%+v: %v", in, err)
	}
	by := in.Data.Signers[0]
	c, err := x509.ParseCertificate(in.Data.Certificates.Bytes)
	if err != nil || c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) != nil ||
		!bytes.Equal(by.Issuer.Name.FullBytes, c.RawIssuer) || by.Issuer.Number.Cmp(c.SerialNumber) != 0 {
		t.Errorf("certificate: %v", err)
	}
	for what, is := range map[string][2]string{
		"contents": {in.Type.String(), "1.2.840.113549.1.7.2"}, "of": {in.Data.Content.Type.String(), "1.2.840.113549.1.7.1"},
		"digests":   {in.Data.Digests[0].Is.String(), "2.16.840.1.101.3.4.2.3"},
		"digest":    {by.Digest.Is.String(), "2.16.840.1.101.3.4.2.3"},
		"signature": {by.Signature.Is.String(), "1.3.101.112"},
	} {
		if is[0] != is[1] {
			t.Errorf("%s: %s, not %s", what, is[0], is[1])
		}
	}
	var each [][]byte
	hash := sha512.New()
	hash.Write(pdf[:hole])
	hash.Write(pdf[end:])
	for rest := by.Attributes.Bytes; len(rest) > 0; {
		var a asn1.RawValue
		if rest, err = asn1.Unmarshal(rest, &a); err != nil {
			t.Fatal(err)
		}
		each = append(each, a.FullBytes)
	}
	if !slices.IsSortedFunc(each, bytes.Compare) || !bytes.Contains(by.Attributes.Bytes, hash.Sum(nil)) {
		t.Error("the attributes are not in the order of DER, or not of this file")
	}
	set := bytes.Clone(by.Attributes.FullBytes)
	set[0] = 0x31
	key, ok := c.PublicKey.(ed25519.PublicKey)
	if !ok || !ed25519.Verify(key, set, by.Value) {
		t.Error("the signature is not of the attributes")
	}
}
