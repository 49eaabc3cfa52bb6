package pades

import "slices"

// SignAnyway signs as Key.Sign does, with a certificate that is not valid too, as a forger would.
func SignAnyway(k Key, p Prepared) ([]byte, error) {
	copied := *k.Chain[0]
	copied.KeyUsage = 0
	chain := slices.Clone(k.Chain)
	chain[0] = &copied
	return Key{Signer: k.Signer, Chain: chain}.Sign(p, copied.NotAfter)
}
