// Package public gives what anybody may know of a case or a letter, for the pages on the web. No
// session, chat or person is involved.
package public
