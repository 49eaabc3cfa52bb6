// Package totp makes and checks the one-time codes by which officers confirm
// paraf and signatures: RFC 6238 with SHA-1, six digits and steps of 30 seconds, the
// variant that every authenticator app supports.
//
// The state of an officer's codes is a [workflow.OTP] that the caller stores; it
// must be stored after every check, refused ones too, with a guard against two
// checks at once, or tries go uncounted. Secrets are passed in plain and come
// out nowhere but in [URL].
//
// Not here: the encryption and storage of secrets, and the dialogue that asks for a
// code.
package totp
