// The map of a territory: an offline base (Natural Earth through world-atlas), the territory's outline, and its organisations.
// Everything it shows stands in the list beside it too; without script the list is enough.
const box = document.getElementById("map");
if (box) {
  const npm = box.dataset.npm;
  const { Map, Marker, NavigationControl, ScaleControl, setWorkerUrl } = await import(`${npm}maplibre-gl/dist/maplibre-gl.mjs`);
  setWorkerUrl(`${npm}maplibre-gl/dist/maplibre-gl-worker.mjs`);
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const get = async url => (await fetch(url, { headers: { Accept: "application/json" } })).json();

  // TopoJSON keeps each border once, as steps on an integer grid: add the steps up and scale them back to degrees.
  function unfold(topology, name) {
    const { scale: [sx, sy], translate: [tx, ty] } = topology.transform;
    const arcs = topology.arcs.map(arc => { let x = 0, y = 0; return arc.map(([dx, dy]) => [(x += dx) * sx + tx, (y += dy) * sy + ty]); });
    const ring = indexes => indexes.flatMap(i => (i < 0 ? arcs[~i].slice().reverse() : arcs[i]));
    const features = topology.objects[name].geometries.map(g => ({
      type: "Feature", properties: {},
      geometry: { type: "MultiPolygon", coordinates: (g.type === "MultiPolygon" ? g.arcs : g.type === "Polygon" ? [g.arcs] : []).map(p => p.map(ring)) },
    }));
    return { type: "FeatureCollection", features };
  }

  const [world, outline, points] = await Promise.all([get(`${npm}world-atlas/countries-50m.json`), get(box.dataset.outline), get(box.dataset.points)]);
  const numbered = points.features.length <= 80;
  const style = () => ({
    version: 8,
    sources: {
      land: { type: "geojson", data: unfold(world, "countries"), attribution: "Natural Earth" },
      outline: { type: "geojson", data: outline },
      points: { type: "geojson", data: points },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": css("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": css("--land") } },
      { id: "borders", type: "line", source: "land", paint: { "line-color": css("--edge"), "line-width": 0.8 } },
      { id: "outline", type: "line", source: "outline", paint: { "line-color": css("--petrol"), "line-width": 1.5, "line-dasharray": [3, 2] } },
      ...(numbered ? [] : [{
        id: "dots", type: "circle", source: "points",
        paint: { "circle-radius": 6, "circle-color": css("--petrol"), "circle-opacity": 0.55, "circle-stroke-color": css("--petrol"), "circle-stroke-width": 1.5 },
      }]),
    ],
  });
  const map = new Map({
    container: box, style: style(), bounds: JSON.parse(box.dataset.bounds), fitBoundsOptions: { padding: 26 },
    attributionControl: { compact: false }, cooperativeGestures: true, maxZoom: 17,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  if (numbered) {
    const seen = {};
    for (const { properties: p, geometry: g } of points.features) {
      const pin = document.createElement("a"), key = g.coordinates.map(v => v.toFixed(2)).join(), n = (seen[key] = (seen[key] ?? -1) + 1);
      pin.className = p.approximate ? "pin-n pin-about" : "pin-n";
      pin.href = `#o${p.number}`;
      pin.textContent = p.number;
      pin.title = p.name;
      pin.setAttribute("aria-label", `${p.number}, ${p.name}`);
      new Marker({ element: pin, offset: [0, n * 28] }).setLngLat(g.coordinates).addTo(map);
    }
  } else {
    map.on("click", "dots", event => { location.href = event.features[0].properties.url; });
    map.on("mouseenter", "dots", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "dots", () => { map.getCanvas().style.cursor = ""; });
  }
  addEventListener("themechange", () => map.setStyle(style()));
  map.once("idle", () => { box.dataset.ready = "yes"; });
}
