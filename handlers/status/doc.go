// Package status tells applicants where their cases are, and sends their letters.
package status
