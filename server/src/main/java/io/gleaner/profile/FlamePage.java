package io.gleaner.profile;

import io.gleaner.profile.Stacks.Call;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A flame graph as one HTML page: width is weight, children lie above their callers, a click zooms.
 * Against another recording the colour says how a call's share changed: red grew, blue shrank.
 */
public final class FlamePage {

    private static final double SHOWN_MIN = 0.0005;
    private static final int DEPTH_MAX = 200;

    private FlamePage() {}

    /**
     * @param before another recording to compare shares with, or null
     */
    public static String of(String title, Kind kind, Stacks stacks, @Nullable Stacks before) {
        var data = new StringBuilder();
        write(
                data,
                stacks.rootName(),
                stacks.root(),
                before == null ? null : before.root(),
                new Totals(stacks.weight(), before == null ? 0 : before.weight()),
                0);
        String legend =
                stacks.weight() == 0
                        ? "nothing was sampled: " + kind.unit()
                        : before == null
                                ? kind.unit()
                                : kind.unit()
                                        + "; red: a larger share than before, blue: a smaller one";
        return PAGE.replace("%TITLE%", escaped(title))
                .replace("%LEGEND%", escaped(legend))
                .replace("%DIFF%", String.valueOf(before != null))
                .replace("%DATA%", data);
    }

    private record Totals(long now, long before) {}

    /** {@code [name, weight, change of the share, [callees]]} */
    private static void write(
            StringBuilder out,
            String name,
            Call call,
            @Nullable Call before,
            Totals totals,
            int depth) {
        double share = (double) call.weight() / Math.max(1, totals.now());
        double shareBefore =
                before == null || totals.before() == 0
                        ? 0
                        : (double) before.weight() / totals.before();
        out.append("[\"").append(quoted(name)).append("\",").append(call.weight()).append(',');
        out.append(Math.round((share - shareBefore) * 1e5) / 1e5).append(",[");
        boolean first = true;
        for (Map.Entry<String, Call> callee : called(call, before).entrySet()) {
            boolean shown = callee.getValue().weight() >= SHOWN_MIN * totals.now();
            if (shown && depth < DEPTH_MAX) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                write(
                        out,
                        callee.getKey(),
                        callee.getValue(),
                        before == null ? null : before.callees().get(callee.getKey()),
                        totals,
                        depth + 1);
            }
        }
        out.append("]]");
    }

    /** What is called now, and with no weight what was called before only. */
    private static Map<String, Call> called(Call call, @Nullable Call before) {
        var names = new TreeSet<>(call.callees().keySet());
        if (before != null) {
            names.addAll(before.callees().keySet());
        }
        var called = new TreeMap<String, Call>();
        names.forEach(name -> called.put(name, call.callees().getOrDefault(name, new Call())));
        return called;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%TITLE%</title>
            <style>
            body { font: 13px sans-serif; margin: 8px; }
            #graph { position: relative; }
            #graph div { position: absolute; height: 17px; overflow: hidden; white-space: nowrap;
              border: 1px solid #fff; box-sizing: border-box; padding-left: 3px; cursor: pointer; }
            #graph div.hit { outline: 2px solid #000; z-index: 1; }
            #said { min-height: 2.6em; }
            </style></head><body>
            <h1 style="font-size: 16px">%TITLE%</h1>
            <p>%LEGEND%. <label>Find <input id="find"></label></p>
            <p id="said"></p>
            <div id="graph"></div>
            <script>
            const data = %DATA%, diff = %DIFF%, high = 18;
            const graph = document.getElementById('graph'), said = document.getElementById('said');
            const find = document.getElementById('find');
            let zoomed = [data];
            function colour(node) {
              if (diff) {
                const strength = Math.min(1, Math.abs(node[2]) * 20), pale = Math.round(255 - 140 * strength);
                return node[2] >= 0 ? `rgb(255,${pale},${pale})` : `rgb(${pale},${pale},255)`;
              }
              let hash = 0;
              for (const c of node[0]) hash = (hash * 31 + c.charCodeAt(0)) >>> 0;
              return `hsl(${20 + hash % 40}, 80%, ${62 + hash % 16}%)`;
            }
            function say(node) {
              const share = (100 * node[1] / data[1]).toFixed(2);
              said.textContent = `${node[0]}: ${node[1].toLocaleString('en')}, ${share} % of all`
                + (diff ? `, ${node[2] >= 0 ? '+' : ''}${(100 * node[2]).toFixed(2)} points` : '');
            }
            function draw() {
              graph.textContent = '';
              const wide = graph.clientWidth, word = find.value.toLowerCase();
              let deepest = 0;
              function box(node, left, width, depth, path) {
                if (width < 1) return;
                deepest = Math.max(deepest, depth);
                const div = document.createElement('div');
                div.style.cssText = `left:${left}px;width:${width}px;top:${depth * high}px;background:${colour(node)}`;
                div.textContent = width > 30 ? node[0] : '';
                div.title = node[0];
                if (word && node[0].toLowerCase().includes(word)) div.className = 'hit';
                div.onmouseenter = () => say(node);
                div.onclick = () => { zoomed = path; say(node); draw(); };
                graph.append(div);
              }
              function tree(node, left, width, depth, path) {
                box(node, left, width, depth, path);
                let at = left;
                for (const callee of node[3]) {
                  const part = width * callee[1] / (node[1] || 1);
                  if (part >= 1) tree(callee, at, part, depth + 1, path.concat([callee]));
                  at += part;
                }
              }
              zoomed.slice(0, -1).forEach((node, depth) => box(node, 0, wide, depth, zoomed.slice(0, depth + 1)));
              tree(zoomed[zoomed.length - 1], 0, wide, zoomed.length - 1, zoomed);
              graph.style.height = (deepest + 2) * high + 'px';
            }
            find.oninput = draw;
            window.onresize = draw;
            say(data);
            draw();
            </script></body></html>
            """;
}
