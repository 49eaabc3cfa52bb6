// Package visit holds the field visit of the Tim Teknis and the approval of its report.
package visit
