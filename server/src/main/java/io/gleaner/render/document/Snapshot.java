package io.gleaner.render.document;

import io.gleaner.browser.DevToolsException;
import io.gleaner.render.port.RenderConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The document as it stands.
 *
 * @param html the document, or null when it is too large
 * @param elements how many it has
 * @param url of the document
 */
public record Snapshot(@Nullable String html, int elements, String url) {

    /**
     * Open shadow roots are written as declarative ones, and so are frames of the same origin, so
     * that what reads the document finds them in their places. Nothing of the page runs in between.
     */
    private static final String TAKE =
            """
            ((elementsMax, charsMax) => {
              const answer = {elements: 0, url: document.URL, html: null};
              const roots = [];
              const added = [];
              const look = (root) => {
                const all = root.querySelectorAll('*');
                answer.elements += all.length;
                if (answer.elements > elementsMax) return false;
                for (const element of all) {
                  if (element.shadowRoot) {
                    roots.push(element.shadowRoot);
                    if (!look(element.shadowRoot)) return false;
                  }
                }
                return true;
              };
              const frames = (root, depth) => {
                for (const frame of root.querySelectorAll('iframe, frame')) {
                  let inner = null;
                  try { inner = frame.contentDocument; } catch (e) { inner = null; }
                  if (!inner || !inner.body || !inner.body.firstChild) continue;
                  if (!look(inner)) return false;
                  if (depth < 3 && !frames(inner, depth + 1)) return false;
                  if (frame.localName !== 'iframe') continue;
                  const holder = frame.ownerDocument.createElement('div');
                  const content = frame.ownerDocument.createElement('template');
                  content.setAttribute('shadowrootmode', 'open');
                  content.innerHTML =
                      inner.body.getHTML({shadowRoots: roots});
                  holder.append(content);
                  frame.after(holder);
                  added.push(holder);
                }
                return true;
              };
              if (!document.documentElement || !look(document) || !frames(document, 0)) {
                return answer;
              }
              const root = document.documentElement;
              const shell = root.cloneNode(false).outerHTML;
              const end = shell.lastIndexOf('</');
              const type = document.doctype ? '<!DOCTYPE html>' : '';
              const html = type + shell.slice(0, end) + root.getHTML({shadowRoots: roots})
                  + shell.slice(end);
              for (const holder of added) holder.remove();
              if (html.length <= charsMax) answer.html = html;
              return answer;
            })\
            """;

    public static Snapshot take(Scripts scripts, RenderConfig config)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        JsonNode value =
                scripts.ours("%s(%d, %d)".formatted(TAKE, config.nodesMax(), config.charsMax()));
        JsonNode html = value.path("html");
        return new Snapshot(
                html.isString() ? html.asString() : null,
                value.path("elements").asInt(0),
                value.path("url").asString(""));
    }
}
