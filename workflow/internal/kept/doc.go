// Package kept encodes values for any database: instants and
// deadlines as numbers that sort, records as JSON, documents of cases packed. What
// one store has written another can take over byte for byte.
package kept
