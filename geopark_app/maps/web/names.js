// The names of the sites beside their pins, from some zoom on and only where there is room.
(function () {
  "use strict";

  var FROM_ZOOM = 10.5, MOST = 250, LONGEST = 44;
  var HEIGHT = 17, PIN = { left: 15, right: 17, top: 38, bottom: 4 };
  var page, layer, measure;

  function start(its) {
    page = its;
    var pane = page.map.createPane("names");
    pane.style.zIndex = 615;
    pane.style.pointerEvents = "none";
    layer = L.layerGroup();
    measure = document.createElement("canvas").getContext("2d");
    measure.font = '600 12px "Noto Sans", "Segoe UI", Roboto, Arial, sans-serif';
    layer.on("add", draw);
    page.map.on("moveend", draw);
    return layer;
  }

  function draw() {
    layer.clearLayers();
    if (!page.map.hasLayer(layer) || page.map.getZoom() < FROM_ZOOM) {
      return;
    }
    var pins = inSight();
    var taken = pins.map(function (pin) {
      return [pin.x - PIN.left, pin.y - PIN.top, pin.x + PIN.right, pin.y + PIN.bottom];
    });
    pins.slice(0, MOST).forEach(function (pin, at) {
      place(pin, taken, at);
    });
  }

  // The pins that stand by themselves, the selected one first, then from north to south.
  function inSight() {
    var size = page.map.getSize();
    var found = [];
    page.map.eachLayer(function (marker) {
      if (!marker.feature || !(marker instanceof GeoparkPins.SiteMarker)) {
        return;
      }
      var point = page.map.latLngToContainerPoint(marker.getLatLng());
      if (point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y + PIN.top) {
        found.push({ x: point.x, y: point.y, marker: marker });
      }
    });
    return found.sort(function (a, b) {
      var first = page.isSelected(b.marker.feature.id) - page.isSelected(a.marker.feature.id);
      return first || a.y - b.y;
    });
  }

  function place(pin, taken, itself) {
    var words = page.nameOf(pin.marker.feature.properties);
    words = words.length > LONGEST ? words.slice(0, LONGEST - 1) + "…" : words;
    var width = measure.measureText(words).width + 6;
    var top = pin.y - 28;
    [pin.x + PIN.right, pin.x - PIN.left - width].some(function (left) {
      var box = [left, top, left + width, top + HEIGHT];
      var isFree = taken.every(function (other, at) {
        return at === itself
          || box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
      });
      if (isFree) {
        taken.push(box);
        write(words, left, top);
      }
      return isFree;
    });
  }

  function write(words, left, top) {
    L.marker(page.map.containerPointToLatLng([left, top]), {
      icon: L.divIcon({
        className: "still",
        html: page.element("span", "site-name", words),
        iconSize: [0, 0],
        iconAnchor: [0, 0],
      }),
      interactive: false,
      keyboard: false,
      pane: "names",
    }).addTo(layer);
  }

  window.GeoparkNames = { start: start, draw: function () { draw(); } };
})();
