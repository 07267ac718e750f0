/**
 * An object store that speaks S3: folders of objects, and whether it is there.
 *
 * <p>Place in the path: {@code worker -> bodies -> objects}, before a settlement; {@code store ->
 * bodies -> objects} for reading. It is the operator's own server, so its address may be private;
 * nothing that a client names is ever connected to from here.
 *
 * <p>When it fails: {@link io.gleaner.objects.ObjectsException} with the cause in one sentence.
 * What is written twice is the same object.
 */
@NullMarked
package io.gleaner.objects;

import org.jspecify.annotations.NullMarked;
