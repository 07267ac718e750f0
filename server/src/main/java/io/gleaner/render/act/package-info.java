/**
 * What is done on a document and made of it: {@code Actions} by {@code Hand} and {@code Keyboard},
 * pictures by {@code Camera}, PDFs by {@code Printer}, pages that grow by {@code Growth}.
 */
@NullMarked
package io.gleaner.render.act;

import org.jspecify.annotations.NullMarked;
