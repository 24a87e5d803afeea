// The office's own layers under the sites: boundary, communes, overlays, tracks, with their names.
// Names are only ever set as text, never as HTML: they come from files and from other laptops.
(function () {
  "use strict";

  var LOWEST_PANE = 310;
  var LABEL_ZOOM = 9;
  var LABEL_PX_PER_LETTER = 6.4;
  var LABEL_HEIGHT_PX = 17;

  var map, page, config, describe, labels;
  var layers = [];
  var drawn = {};

  function start(parts) {
    map = parts.map;
    page = parts.page;
    config = parts.config;
    describe = parts.describe;
    pane("overlay-labels", 425);
    labels = L.layerGroup().addTo(map);
    map.on("moveend", drawLabels);
    if (window.GeoparkBasemaps) {
      GeoparkBasemaps.start({ map: map, page: page });
    }
  }

  function connect(bridge) {
    bridge.reloadLayers.connect(load);
    GeoparkBasemaps.connect(bridge);
    bridge.fitBounds.connect(function (west, south, east, north) {
      map.fitBounds([[south, west], [north, east]], { padding: [20, 20], animate: false });
    });
    return load();
  }

  function pane(name, level) {
    var made = map.getPane(name) || map.createPane(name);
    made.style.zIndex = level;
    made.style.pointerEvents = "none";
    return made;
  }

  function load() {
    // The layers stand beside the sites; the page in one file has neither address.
    return fetch(config.data_url.replace("sites.json", "layers.json"))
      .then(function (answer) {
        return answer.json();
      })
      .then(show);
  }

  function show(document) {
    layers = document.layers;
    if (window.GeoparkBasemaps) {
      GeoparkBasemaps.show(document);
    }
    var kept = {};
    layers.forEach(function (layer) {
      kept[layer.id] = layer.sha256;
    });
    Object.keys(drawn).forEach(function (id) {
      if (kept[id] !== drawn[id].sha256) {
        takeAway(drawn[id]);
        delete drawn[id];
      }
    });
    describe();
    return Promise.all(layers.map(fetchShape)).then(arrange);
  }

  function fetchShape(layer) {
    if (drawn[layer.id] || !layer.visible) {
      return Promise.resolve();
    }
    return contentOf(layer)
      .then(function (content) {
        if (content && !drawn[layer.id]) {
          pane("overlay-" + layer.id, LOWEST_PANE);
          drawn[layer.id] = drawingOf(layer, content);
        }
      })
      .catch(function () {
        // A layer that cannot be read is named by the check of the catalogue.
      });
  }

  // The page in one file brings the shapes along.
  function contentOf(layer) {
    if (layer.content) {
      return Promise.resolve(layer.content);
    }
    return fetch(layer.url).then(function (answer) {
      return answer.ok ? answer.json() : null;
    });
  }

  function drawingOf(layer, content) {
    var name = "overlay-" + layer.id;
    var renderer = L.canvas({ pane: name, padding: 0.3 });
    var shape = L.geoJSON(content, {
      pane: name,
      interactive: false,
      renderer: renderer,
      pointToLayer: function (_feature, at) {
        return L.circleMarker(at, { pane: name, radius: 4, renderer: renderer });
      },
    });
    return { sha256: layer.sha256, content: content, shape: shape, renderer: renderer };
  }

  // Leaflet leaves the empty canvas of a layer where it was.
  function takeAway(known) {
    known.shape.remove();
    known.renderer.remove();
  }

  function styleOf(layer) {
    return function (feature) {
      var colour = layer.by_name ? colourOf(page.nameOf(feature.properties)) : layer.colour;
      return {
        color: layer.by_name ? "#5b4a3a" : layer.colour,
        weight: layer.by_name ? 0.8 : layer.width,
        dashArray: layer.dash || null,
        fill: layer.fill > 0 && /Polygon|Point/.test(feature.geometry.type),
        fillColor: colour,
        fillOpacity: layer.fill,
        opacity: 1,
      };
    };
  }

  // The same name has the same colour on every laptop.
  function colourOf(name) {
    var sum = 0;
    for (var at = 0; at < name.length; at += 1) {
      sum = (sum * 31 + name.charCodeAt(at)) % 3600;
    }
    return "hsl(" + (sum % 360) + " 45% " + (60 + (sum % 5) * 5) + "%)";
  }

  function arrange() {
    layers.forEach(function (layer, place) {
      var known = drawn[layer.id];
      if (!known) {
        return;
      }
      var holder = pane("overlay-" + layer.id, LOWEST_PANE + Math.max(0, 90 - place));
      holder.style.opacity = layer.opacity;
      if (!layer.visible) {
        takeAway(known);
        return;
      }
      known.shape.addTo(map);
      known.shape.setStyle(styleOf(layer));
    });
    drawLabels();
  }

  function drawLabels() {
    if (window.GeoparkBasemaps) {
      // Their names follow the language too.
      GeoparkBasemaps.relabel();
    }
    labels.clearLayers();
    if (map.getZoom() < LABEL_ZOOM) {
      return;
    }
    var taken = townBoxes();
    var bounds = map.getBounds();
    layers.forEach(function (layer) {
      if (!layer.visible || !layer.labels || !drawn[layer.id]) {
        return;
      }
      drawn[layer.id].content.features.forEach(function (feature) {
        var at = feature.properties.at;
        var words = wordsOf(layer, feature.properties);
        if (at && words && bounds.contains([at[1], at[0]])) {
          label(layer, L.latLng(at[1], at[0]), words, taken);
        }
      });
    });
  }

  function wordsOf(layer, properties) {
    var name = page.nameOf(properties);
    if (layer.label === "code") {
      return properties.code || name;
    }
    var isBoth = layer.label === "name-code" && properties.code && properties.code !== name;
    return isBoth ? properties.code + " " + name : name;
  }

  // The names of towns and neighbours stand already: ours keep away from them.
  function townBoxes() {
    var frame = map.getContainer().getBoundingClientRect();
    var towns = map.getPane("towns");
    return Array.from(towns ? towns.querySelectorAll(".town, .area") : []).map(function (node) {
      var box = node.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
  }

  function label(layer, at, words, taken) {
    var middle = map.latLngToContainerPoint(at);
    var half = (words.length * LABEL_PX_PER_LETTER) / 2;
    var box = [middle.x - half, middle.y - LABEL_HEIGHT_PX / 2, middle.x + half, middle.y + LABEL_HEIGHT_PX / 2];
    var isFree = taken.every(function (other) {
      return box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
    });
    if (!isFree) {
      return;
    }
    taken.push(box);
    var node = page.element("span", "overlay-label", words);
    node.style.setProperty("--ink", layer.colour);
    L.marker(at, {
      icon: L.divIcon({ className: "still", html: node, iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
      pane: "overlay-labels",
    }).addTo(labels);
  }

  // What stands in the corner, as HTML: without an official boundary every map is a sketch.
  function credits() {
    var official = layers.find(function (layer) {
      return layer.kind === "boundary" && layer.official && layer.visible;
    });
    var parts = [];
    if (official) {
      parts.push([page.nameOf(official), official.date].filter(Boolean).join(", "));
    }
    if (config.is_sketch) {
      parts.push(page.text(official ? "sketch_outline" : "sketch"));
    }
    parts.push(config.credits);
    var below = window.GeoparkBasemaps ? GeoparkBasemaps.sources() : [];
    parts = parts.concat(below);
    layers.forEach(function (layer) {
      if (layer.visible && layer.source && parts.indexOf(layer.source) < 0) {
        parts.push(layer.source);
      }
    });
    return page.element("span", "", parts.filter(Boolean).join(" · ")).innerHTML;
  }

  window.GeoparkOverlays = { start: start, connect: connect, show: show, drawLabels: drawLabels, credits: credits };
})();
