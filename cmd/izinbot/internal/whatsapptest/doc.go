// Package whatsapptest tests the product on WhatsApp: with the real client, against
// a server that speaks the real protocol.
package whatsapptest
