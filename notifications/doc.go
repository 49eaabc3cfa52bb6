// Package notifications says what the product has to say of its own accord: news of a case,
// reminders and digests, what admins must know, and what people hear while the database is
// away. The texts stand in the package texts; the package outbox sends them.
package notifications
