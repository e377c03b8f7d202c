// The map of a page: <div id="map" data-points data-outline data-bounds [data-center data-style
// data-words data-group data-about data-failed]>. An offline base
// (Natural Earth through world-atlas), the territory's outline, rings of 2, 5 and 10 km, and points. All it shows stands in the list beside
// it; without script the list is enough. Colours are tokens, so that one style file serves light and dark.
const NUMBERED = 60; // up to here every point may be a numbered pin; above, points are counted in groups that open as one comes nearer
const FEW = 30; // up to here pins find room, however close they lie
const PIN = 27; // pixels a pin takes
const here = path => new URL(path, import.meta.url).href;
const box = document.getElementById("map");
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const get = async url => {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
};
const collection = features => ({ type: "FeatureCollection", features });
const numbers = text => (text.match(/-?\d+(\.\d+)?(e-?\d+)?/gi) ?? []).map(Number);

// A ring over the date line goes on beyond 180 degrees instead of jumping back round the world; one round the pole is closed there.
function unbroken(ring) {
  let turn = 0;
  const points = ring.map(([lon, lat], n) => {
    const step = n ? lon - ring[n - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
    return [lon + turn, lat];
  });
  const [first, last] = [points[0], points.at(-1)];
  return Math.abs(first[0] - last[0]) < 180 ? points : [...points, [last[0], -90], [first[0], -90], first];
}

// TopoJSON keeps each border once, as steps on an integer grid: add the steps up and scale them back to degrees.
function unfold(topology, name) {
  const { scale: [sx, sy], translate: [tx, ty] } = topology.transform;
  const arcs = topology.arcs.map(arc => { let x = 0, y = 0; return arc.map(([dx, dy]) => [(x += dx) * sx + tx, (y += dy) * sy + ty]); });
  const ring = indexes => unbroken(indexes.flatMap((i, n) => (i < 0 ? arcs[~i].slice().reverse() : arcs[i]).slice(n ? 1 : 0)));
  const polygons = { MultiPolygon: shape => shape.arcs, Polygon: shape => [shape.arcs] };
  return collection(topology.objects[name].geometries.filter(shape => shape.type in polygons).map(shape => ({
    type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: polygons[shape.type](shape).map(polygon => polygon.map(ring)) },
  })));
}

function circle([lon, lat], km) {
  const points = Array.from({ length: 73 }, (_, n) => {
    const turn = n * Math.PI / 36;
    return [lon + km / (111.32 * Math.cos(lat * Math.PI / 180)) * Math.cos(turn), lat + km / 110.57 * Math.sin(turn)];
  });
  return { type: "Feature", properties: { km }, geometry: { type: "LineString", coordinates: points } };
}

function pin({ number, name, url, approximate }) {
  const link = document.createElement("a");
  link.className = approximate ? "pin-n pin-about" : "pin-n";
  link.href = url || `#o${number}`;
  link.textContent = number;
  link.title = name;
  link.setAttribute("aria-label", `${number}, ${name}${approximate && box.dataset.about ? `, ${box.dataset.about}` : ""}`);
  return link;
}

async function draw() {
  const { Map, Marker, NavigationControl, ScaleControl, setWorkerUrl } = await import(here("../npm/maplibre-gl/dist/maplibre-gl.mjs"));
  setWorkerUrl(here("../npm/maplibre-gl/dist/maplibre-gl-worker.mjs"));
  const nothing = collection([]);
  const [base, world, outline, points] = await Promise.all([
    get(box.dataset.style || here("../map/style.json")), get(here("../npm/world-atlas/countries-50m.json")),
    box.dataset.outline ? get(box.dataset.outline) : nothing, get(box.dataset.points),
  ]);
  const [west, south, east, north] = numbers(box.dataset.bounds);
  const numbered = points.features.length <= NUMBERED && !crowded(points.features, [west, south, east, north]), center = numbers(box.dataset.center ?? "");
  const sources = {
    land: { type: "geojson", data: unfold(world, "countries"), attribution: "Natural Earth" },
    outline: { type: "geojson", data: outline },
    rings: { type: "geojson", data: collection(center.length === 2 ? [2, 5, 10].map(km => circle(center, km)) : []) },
    points: { type: "geojson", data: points, ...(numbered ? {} : { cluster: true, clusterRadius: 44, clusterMaxZoom: 16 }) },
  };
  const style = () => {
    const painted = JSON.parse(JSON.stringify(base).replace(/"(--[\w-]+)"/g, (_, name) => JSON.stringify(css(name))));
    return { ...painted, sources: { ...painted.sources, ...sources } };
  };
  const map = new Map({
    container: box, style: style(), bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 26 },
    locale: JSON.parse(box.dataset.words || "{}"), attributionControl: { compact: false }, cooperativeGestures: true, maxZoom: 17, dragRotate: false, pitchWithRotate: false,
  });
  map.getCanvas().setAttribute("aria-label", box.dataset.label ?? box.getAttribute("aria-label") ?? "");
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  if (numbered) pins(map, Marker, points.features); else groups(map, Marker);
  addEventListener("themechange", () => map.setStyle(style()));
  map.once("idle", () => { box.dataset.ready = "yes"; });
}

// Whether more than half of the pins would lie on another one, so that they would push each other off the map.
function crowded(features, [west, south, east, north]) {
  const flat = Math.cos((south + north) / 2 * Math.PI / 180);
  const scale = Math.min(box.clientWidth / ((east - west) * flat), box.clientHeight / (north - south)); // pixels for a degree of latitude
  const spots = features.map(({ geometry: { coordinates: [lon, lat] } }) => [lon * flat * scale, lat * scale]);
  const covered = spots.filter(([x, y], n) => spots.some(([ox, oy], other) => other !== n && Math.hypot(x - ox, y - oy) < PIN));
  return spots.length > FEW && covered.length > spots.length / 2;
}

// Every point a pin in the order of the list. Where pins would cover each other, the later one steps aside, as little as it can.
function pins(map, Marker, features) {
  const size = PIN;
  const markers = features.map(({ properties, geometry }) => new Marker({ element: pin(properties) }).setLngLat(geometry.coordinates).addTo(map));
  const aside = [[0, 0]];
  for (const ring of [1, 2, 3, 4]) {
    for (let n = 0; n < 8 * ring; n++) {
      const turn = Math.PI * (0.5 + n / (4 * ring)); // first below, then round
      aside.push([size * ring * Math.cos(turn), size * ring * Math.sin(turn)]);
    }
  }
  const spread = () => {
    const taken = [];
    for (const marker of markers) {
      const { x, y } = map.project(marker.getLngLat());
      const free = ([dx, dy]) => taken.every(([ox, oy]) => Math.hypot(x + dx - ox, y + dy - oy) >= size - 1);
      const [dx, dy] = aside.find(free) ?? [0, 0];
      taken.push([x + dx, y + dy]);
      marker.setOffset([dx, dy]);
    }
  };
  spread();
  map.on("zoomend", spread);
  map.on("resize", spread);
}

// Groups of many points as buttons with their count, single points as dots without a number, so that a count is never taken for the number of a
// row. Both can be reached with the keyboard; old ones leave when out of sight.
function groups(map, Marker) {
  let shown = {};
  const group = ({ cluster_id: id, point_count: count }, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pin-n pin-many";
    button.textContent = count;
    button.setAttribute("aria-label", `${count} ${box.dataset.group ?? ""}`);
    button.addEventListener("click", async () => {
      const zoom = await map.getSource("points").getClusterExpansionZoom(id);
      map.easeTo({ center: at, zoom, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    });
    return button;
  };
  const dot = properties => {
    const link = pin(properties);
    link.classList.add("pin-dot");
    link.textContent = "";
    link.setAttribute("aria-label", properties.name);
    return link;
  };
  const refresh = () => {
    if (!map.getSource("points") || !map.isSourceLoaded("points")) return;
    const next = {};
    for (const { properties, geometry } of map.querySourceFeatures("points")) {
      const key = properties.cluster ? `g${properties.cluster_id}` : `p${properties.number}`;
      next[key] ??= shown[key] ?? new Marker({ element: properties.cluster ? group(properties, geometry.coordinates) : dot(properties) })
        .setLngLat(geometry.coordinates).addTo(map);
    }
    for (const key of Object.keys(shown)) if (!(key in next)) shown[key].remove();
    shown = next;
  };
  map.on("idle", refresh);
}

if (box) {
  draw().catch(error => {
    box.classList.add("empty");
    box.textContent = box.dataset.failed ?? "";
    console.error(error);
  });
}
