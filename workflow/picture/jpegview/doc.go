// Package jpegview decodes JPEG pictures small, and tells how much of one is there.
//
// The standard library refuses several pictures that every phone and browser shows
// (unusual sampling of colours, a missing end mark, stray bytes between segments) and
// needs memory for all pixels. Here a block of 8×8 pixels becomes 1, 2, 4 or 8 pixels a
// side by a shorter inverse transform, as libjpeg's scaling does, so that a photo of 200
// megapixels takes some 15 MB.
//
// Sequential and progressive pictures of 8 bits with Huffman codes are read (ITU-T T.81,
// SOF0 to SOF2), of one, three or four components and any sampling factors. Data that
// cannot be decoded are passed over up to the next restart mark.
package jpegview
