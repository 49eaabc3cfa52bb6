// Package approve holds paraf, signature and entry into a register of the letters at a step.
package approve
