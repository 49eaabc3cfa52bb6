package pdfa

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// Info is the metadata of a document. It stands in the file twice, as dictionary and as
// XMP, and both must say the same.
type Info struct {
	Title, Author, Producer string
	Lang                    string    // BCP 47
	At                      time.Time // of making and of the last change, in the zone to be shown
}

func (i Info) dictionary() []byte {
	at := i.At.Format("20060102150405-07'00")
	return fmt.Appendf(nil, "<</Title%s/Author%s/Producer%s/CreationDate (D:%s)/ModDate (D:%[4]s)>>",
		TextString(i.Title), TextString(i.Author), TextString(i.Producer), at)
}

// metadata is the XMP packet, uncompressed so that programs which know no PDF find it.
func (i Info) metadata(level string, id [16]byte) []byte {
	at := i.At.Format("2006-01-02T15:04:05-07:00")
	packet := fmt.Sprintf(`<?xpacket begin="`+"\uFEFF"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>%s</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>%s</pdf:Producer>
<xmp:CreateDate>%s</xmp:CreateDate>
<xmp:ModifyDate>%[6]s</xmp:ModifyDate>
<xmp:MetadataDate>%[6]s</xmp:MetadataDate>
<xmpMM:DocumentID>%[7]s</xmpMM:DocumentID>
<xmpMM:InstanceID>%[7]s</xmpMM:InstanceID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`, level, escaped(i.Title), escaped(i.Author), escaped(i.Lang), escaped(i.Producer), at, uuid(id))
	return fmt.Appendf(nil, "<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream", len(packet), packet)
}

// uuid writes an identifier made of a hash (RFC 9562, version 8).
func uuid(id [16]byte) string {
	id[6], id[8] = id[6]&0x0F|0x80, id[8]&0x3F|0x80
	return fmt.Sprintf("uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // into memory
	return b.String()
}

// TextString writes a text string: as it is if it is plain ASCII, else as UTF-16.
func TextString(s string) string {
	plain := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "(" + plain.Replace(s) + ")"
	}
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}
