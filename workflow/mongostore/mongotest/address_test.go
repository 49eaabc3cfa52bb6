package mongotest

import (
	"slices"
	"testing"

	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"
)

func TestAddresses(t *testing.T) {
	for uri, want := range map[string]struct{ of, through string }{
		"mongodb://localhost": {
			"mongodb://localhost/new",
			"mongodb://127.0.0.1:9/new?directConnection=true",
		},
		"mongodb://a:1,b:2,[::1]:3/?replicaSet=rs0&compressors=snappy": {
			"mongodb://a:1,b:2,[::1]:3/new?compressors=snappy&replicaSet=rs0",
			"mongodb://127.0.0.1:9/new?directConnection=true&replicaSet=rs0",
		},
		"mongodb://CONTOH:p%40ss@a/?tls=true&ssl_ca_certs=x&TLSCAFile=y": {
			"mongodb://CONTOH:p%40ss@a/new?TLSCAFile=y&authSource=admin&ssl_ca_certs=x&tls=true",
			"mongodb://CONTOH:p%40ss@127.0.0.1:9/new?authSource=admin&directConnection=true",
		},
		"mongodb://CONTOH:x@a/office": {
			"mongodb://CONTOH:x@a/new?authSource=office",
			"mongodb://CONTOH:x@127.0.0.1:9/new?authSource=office&directConnection=true",
		},
		"mongodb+srv://CONTOH:x@a.example/?authsource=$external&directConnection=false": {
			"mongodb+srv://CONTOH:x@a.example/new?authsource=%24external&directConnection=false",
			"mongodb://CONTOH:x@127.0.0.1:9/new?authsource=%24external&directConnection=true",
		},
	} {
		at, ok := parse(uri)
		if !ok {
			t.Fatalf("%s is none", uri)
		}
		of := at.of("new").String()
		if of != want.of {
			t.Errorf("of a database: %s, want %s", of, want.of)
		}
		through := Through("127.0.0.1:9", of)
		if through != want.through {
			t.Errorf("by another way: %s, want %s", through, want.through)
		}
		read, err := connstring.ParseAndValidate(through)
		if err != nil || read.Database != "new" || !read.DirectConnection || read.SSL || !slices.Equal(read.Hosts, []string{"127.0.0.1:9"}) {
			t.Errorf("the driver reads %s as %+v (%v)", through, read, err)
		}
	}
}

func TestNoAddresses(t *testing.T) {
	for _, uri := range []string{"", "localhost", "mongodb://", "mongodb:///x", "mongodb://a/?x=%zz"} {
		if at, ok := parse(uri); ok {
			t.Errorf("%q is %v", uri, at)
		}
	}
}
