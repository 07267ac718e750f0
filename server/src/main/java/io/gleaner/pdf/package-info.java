/**
 * PDF documents as HTML, so that all that is made of a page is made of them too: paragraphs,
 * headings and links in reading order, a rule between two pages, and what the document says of
 * itself as meta elements. PDFBox is used here only.
 *
 * <p>What a document may cost is counted: bytes read, bytes decoded, operators, glyphs and time.
 * Pictures are never decoded. What is over a limit is an {@link
 * io.gleaner.select.OverrunException}, what cannot be read a {@link io.gleaner.pdf.PdfException}.
 */
@NullMarked
package io.gleaner.pdf;

import org.jspecify.annotations.NullMarked;
