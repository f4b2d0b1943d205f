// Package publisher is the key of whoever publishes Lianluo. It is pinned in the program when a release is built, so that no
// office holds it and none can be talked into another:
//
//	-ldflags "-X lianluo.local/assets/publisher.Key=$(openssl pkey -in publisher.pem -pubout | sed '/-----/d')"
package publisher

// Key is the Ed25519 public key, the one line of base64 in its PEM file; "" in a program that somebody built himself, which
// believes no release.
var Key string
