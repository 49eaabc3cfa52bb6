package pades

import (
	"crypto/sha1" //nolint:gosec // EN 319 142-1 names signatures in the store by it
	"crypto/x509"
	"fmt"
	"slices"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/crypto/ocsp"

	"izinbot/workflow/pdfa"
)

// Evidence is what shows later that a certificate was good, each in DER.
type Evidence struct {
	Certificates [][]byte
	CRLs         [][]byte // RFC 5280
	OCSPs        [][]byte // answers of RFC 6960
}

// AddEvidence appends evidence for all signatures of a file to its document security store (EN
// 319 142-1, 5.4.2). What is there stays. ErrLayout.
func AddEvidence(pdf []byte, e Evidence) ([]byte, error) {
	r, err := revise(pdf)
	if err != nil {
		return nil, err
	}
	root, catalog, err := r.catalog()
	if err != nil {
		return nil, err
	}
	no, store, err := r.referred(catalog, "DSS")
	if err != nil {
		return nil, err
	}
	if no == 0 {
		no, store = r.add(), types.Dict{"Type": types.Name("DSS")}
		catalog["DSS"] = reference(no)
		catalog["Extensions"] = extensions()
		r.putDict(root, catalog)
	}
	used := types.Dict{}
	for _, kind := range []struct {
		all, one string
		items    [][]byte
	}{{"Certs", "Cert", e.Certificates}, {"CRLs", "CRL", e.CRLs}, {"OCSPs", "OCSP", e.OCSPs}} {
		list, _ := store[kind.all].(types.Array)
		list = slices.Clip(list)
		for _, item := range kind.items {
			at := r.add()
			r.objects[at] = pdfa.Stream("", item)
			list = append(list, reference(at))
		}
		if len(list) > 0 {
			store[kind.all], used[kind.one] = list, list
		}
	}
	uses := types.Dict{}
	for _, s := range signatureDicts(r.ctx) {
		uses[fmt.Sprintf("%X", sha1.Sum(s.contents))] = used //nolint:gosec // as above
	}
	store["VRI"] = uses
	r.putDict(no, store)
	out, _ := r.write()
	return out, nil
}

// store is the evidence in a file, taken apart.
type store struct {
	certificates []*x509.Certificate
	crls         []*x509.RevocationList
	ocsps        [][]byte
}

// maxEvidence bounds how many items of a kind are looked at.
const maxEvidence = 64

func readStore(ctx *model.Context) (s store) {
	dss := dictOf(ctx, catalogOf(ctx)["DSS"])
	for _, raw := range streams(ctx, dss["Certs"]) {
		if c, err := x509.ParseCertificate(raw); err == nil {
			s.certificates = append(s.certificates, c)
		}
	}
	for _, raw := range streams(ctx, dss["CRLs"]) {
		if l, err := x509.ParseRevocationList(raw); err == nil {
			s.crls = append(s.crls, l)
		}
	}
	s.ocsps = streams(ctx, dss["OCSPs"])
	return s
}

// streams gives the contents of an array of streams.
func streams(ctx *model.Context, v types.Object) (out [][]byte) {
	list, _ := resolved(ctx, v).(types.Array)
	for _, item := range list[:min(len(list), maxEvidence)] {
		if s, ok := resolved(ctx, item).(types.StreamDict); ok && s.Decode() == nil {
			out = append(out, s.Content)
		}
	}
	return out
}

// about tells what the evidence says of a certificate at a time: whether anything at all, and
// whether it was withdrawn before.
func (s store) about(own, issuer *x509.Certificate, at time.Time) (known, revoked bool) {
	for _, list := range s.crls {
		if list.CheckSignatureFrom(issuer) != nil {
			continue
		}
		known = true
		for _, entry := range list.RevokedCertificateEntries {
			if entry.SerialNumber.Cmp(own.SerialNumber) == 0 && !entry.RevocationTime.After(at) {
				revoked = true
			}
		}
	}
	for _, raw := range s.ocsps {
		answer, err := ocsp.ParseResponseForCert(raw, own, issuer)
		if err != nil {
			continue
		}
		known = true
		revoked = revoked || answer.Status == ocsp.Revoked && !answer.RevokedAt.After(at)
	}
	return known, revoked
}
