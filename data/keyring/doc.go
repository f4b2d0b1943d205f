// Package keyring is who a computer is, and how another comes to believe it.
//
// A computer owns two keys, made once when its home is set up: with one it signs what it sends, with the other it opens
// what is sent to it. Which algorithms they belong to, package suite says; a county and all its stations use the same,
// and a card of the other suite is refused (ErrSuite). The keys lie in HOME/keys, in formats that outlive this program:
// sign.key is a PKCS#8 PEM that openssl reads, age.key is age's own text, so that
//
//	age -d -i HOME/keys/age.key
//
// opens whatever was sealed for this computer; in the suite sm2-sm3-sm4 there is sm2.key, PKCS#8 PEM too, in its place.
// The secret halves never leave that folder.
//
//	HOME/keys/sign.key, age.key (or sm2.key)     the first keys
//	HOME/keys/2/, 3/ …                           later ones: the same two files, and the statement that announced them;
//	                                             the highest number signs, all of them open
//	HOME/keys/4.next/                            keys that are announced and do not sign yet
//	HOME/keys/recovery.pub                       the county's recovery key: one JSON object, as in a card
//	HOME/keys/sheet.pub                          the public half of the home's own recovery sheet
//
// In a protected home all of them are sealed (data/sealed) but the statements, which are signed; one that lies open there is
// not believed.
//
// # Enrolment
//
// Nothing here needs a network, and whoever can write into the shared folder may put anything there. A station writes a
// Request: its Card (who and where it is, with its public keys), signed by the key on it, which proves that the asker
// holds the key and nothing else. The county answers with a Certificate: its own card and the hash of the card that it
// accepted. Neither is believed before a person on the other side typed the sixteen digits of that card (Fingerprint),
// heard over a telephone number that one knows or read from a sheet that came from hand to hand; that is the trust. One
// call does for both sides, and it does not matter which paper is there by then. The digits are no secret and stand in
// no file's name. From then on each knows the other's key, and bundles can be verified. New keys have other digits;
// whoever compared the old ones need not compare these, because the old key signed them.
//
// # New keys
//
// Rotate makes new keys and a statement, signed by the old one: the hash of the old card, the new keys, and the first
// entry (replica, incarnation, number) that only the new key may sign; that is the next one to be written. The
// statement lies in the shared folder as a small file beside the certificates, so that it needs no entry, no bundle and
// no order among them. Once it lies there, Turn lets the new keys sign. Whoever reads it (Card.Follow) believes it
// without a telephone call, because the old key signed it, and of two statements about one card only the first;
// somebody who was away while keys changed twice follows both, one after the other. The old key vouches for nothing
// from the named entry on, not for a heartbeat either, because nothing in one shows when it was made; what it signed
// before stays good, and whatever was sealed for it still opens. Entries that nobody has acknowledged are sent again
// under the new key. Who meets the computer only now learns its former keys from its card, which the key of today
// signed.
//
// # Keys put out of use
//
// A computer that was lost is revoked from a number on (Revocation): what it signed up to LastSeq is still believed,
// everything later refused. That LastSeq is the last entry known to be its own: up to there the chain of hashes guards
// the entries, so that even the thief cannot write others.
//
// A list counts in whom its writer speaks for: an office in itself and those below it, and for who is below in all on
// his line. What it says of others is a question to a person at most (package trust). A card that nobody can use costs
// that card. Disowned are computers that the office took back, having named them once as earlier ones of its own.
//
// An office publishes cards and revocations in a List with a version that only grows. A reader never goes back to an
// older list (OpenList). A list goes on naming what it named once: words of a computer that is long gone come back from
// others when a home is lost. Whoever is below publishes one too where its office above had another computer before, or
// itself had: so a successor can prove what its predecessor wrote.
//
// # Recovery
//
// A county may keep one more pair of keys away from every computer: Create on a stick. Its public half, written by
// SetRecovery into each home, is a recipient of every bundle, so that what was sealed for a computer that burnt down is
// not lost. Creating it is the county's choice; without it the program works as well. It opens what a bundle holds, and
// a bundle never holds what the office above may not have. Each office has its own, and only the tables below take it
// over: a city's opens nothing that a county and its tables say to each other.
//
// # The sheet
//
// Those words, of the citizens who asked for confidence, have a second holder of their own: a sheet of paper (恢复单) with
// twelve characters (Sheet), of which a home keeps the public half alone. They go through the office above sealed to
// it; whoever takes the place of a burnt computer types the characters and has them again. A successor takes the sheet
// over rather than make one: it was just tried, it lies in the safe, and everything sealed before stays openable by one
// paper.
//
// # Papers
//
// Requests, certificates, statements and lists are JSON that a person can read, in one envelope:
//
//	{"lianluo": "request 1", "content": {…}, "signature": "base64"}
//
// "signature 1" is what lies beside a file that somebody signed (Attest).
//
// The signature, in the signer's suite, is over "lianluo request 1\n" ("certificate", "keychange", "keylist") and the
// content without white space between its parts, so that a request signed is never a certificate signed, and
// re-indenting harms nothing.
package keyring
