package io.gleaner.api.port;

/** Finds the URLs of a site without keeping its pages. */
public interface SiteMapper {

    /** Blocks until the site is mapped, the query's limit is met or its timeout has passed. */
    MapAnswer map(MapQuery query) throws InterruptedException;
}
