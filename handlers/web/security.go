package web

import (
	"net"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// pagePolicy lets a page load what the program itself serves, and nothing inline.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
	"connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secured(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, pagePolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), microphone=(), geolocation=()")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	return c.Next()
}

// loopbackHost refuses a request for a name that is not this machine's: it comes
// from a site that made its own name point here.
func loopbackHost(c *fiber.Ctx) error {
	if !isLoopback(string(c.Request().Header.Host())) {
		return refusal(fiber.StatusForbidden, "foreign_host", "Halaman demo hanya dibuka lewat 127.0.0.1 atau localhost.")
	}
	return c.Next()
}

// sameOrigin refuses what a foreign page sends. Browsers name the origin of every
// request that is not a plain GET; programs name none.
func sameOrigin(c *fiber.Ctx) error {
	foreign := refusal(fiber.StatusForbidden, "foreign_origin", "Permintaan dari halaman lain ditolak.")
	switch c.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return foreign
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return c.Next()
	}
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" || u.Host != string(c.Request().Header.Host()) {
		return foreign
	}
	return c.Next()
}

// isLoopback tells whether host, with or without a port, is this machine.
func isLoopback(hostport string) bool {
	u, err := url.Parse("//" + hostport)
	if err != nil || u.User != nil || u.Path != "" {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}
