package mongotest

import (
	"cmp"
	"maps"
	"net/url"
	"strings"
)

// address is a connection string in its parts. It may name several hosts, which no
// URL does.
type address struct {
	scheme  string
	user    string // with its password, as it stands there; "": none
	hosts   string
	db      string
	options url.Values
}

// parse takes a connection string apart; ok is false if it is none.
func parse(uri string) (a address, ok bool) {
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return a, false
	}
	rest, query, _ := strings.Cut(rest, "?")
	a.scheme = scheme
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		a.user, rest = rest[:at], rest[at+1:]
	}
	a.hosts, a.db, _ = strings.Cut(rest, "/")
	values, err := url.ParseQuery(query)
	a.options = values
	return a, err == nil && a.hosts != ""
}

func (a address) String() string {
	user := a.user
	if user != "" {
		user += "@"
	}
	uri := a.scheme + "://" + user + a.hosts + "/" + a.db
	if len(a.options) > 0 {
		uri += "?" + a.options.Encode()
	}
	return uri
}

// of gives the address of another database of the server. Who logs in does so where
// he did before.
func (a address) of(db string) address {
	options := url.Values{}
	maps.Copy(options, a.options)
	if a.user != "" && a.option("authSource") == "" {
		options.Set("authSource", cmp.Or(a.db, "admin"))
	}
	a.db, a.options = db, options
	return a
}

// option gives an option, whose name may be written in any case.
func (a address) option(name string) string {
	for key, values := range a.options {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// through gives the address for the way by another host, which passes messages on as
// they are. It is held to that one host, for a member of a replica set names the
// others when it is greeted, and the driver would go there. The way to it is not
// encrypted, and nothing on it is compressed.
func (a address) through(host string) address {
	options := url.Values{}
	for key, values := range a.options {
		if name := strings.ToLower(key); !strings.HasPrefix(name, "tls") && !strings.HasPrefix(name, "ssl") && !replaced(name) {
			options[key] = values
		}
	}
	options.Set("directConnection", "true")
	return address{scheme: "mongodb", user: a.user, hosts: host, db: a.db, options: options}
}

// replaced tells of an option, in small letters, whether it says where servers are or
// how they are spoken to.
func replaced(option string) bool {
	switch option {
	case "directconnection", "loadbalanced", "compressors", "zlibcompressionlevel",
		"zstdcompressionlevel", "connect", "srvmaxhosts", "srvservicename":
		return true
	}
	return false
}
