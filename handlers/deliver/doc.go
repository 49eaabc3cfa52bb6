// Package deliver holds the handing over of letters at the counter.
package deliver
