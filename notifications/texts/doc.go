// Package texts is everything that the product says in words: catalogues in
// Indonesian, and in English for all that an applicant can meet.
//
// The files are id/*.yaml and en/*.yaml; which file a key stands in is for the
// reader's sake only, save that keys of files named officer* need no English.
// Keys are nested or dotted. A text may hold
//
//	{resi}                    the argument of that name
//	{n|one file|{n} files}    the first form if the argument is 1, else the second
//	{by?by {by}|by somebody}  the first form if the argument is not empty, else the second
//
// Tests find keys that are missing, unused, or differ between the languages.
package texts
