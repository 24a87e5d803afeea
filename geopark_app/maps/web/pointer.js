// Tells the window where the pointer is, and marks the place a typed coordinate means.
(function () {
  "use strict";

  var GO_ZOOM = 14;
  var page, view, mark;
  var isDue = false, isInside = false, at = null;

  function start(its, link) {
    page = its;
    view = link;
    page.map.on("mousemove", function (event) {
      isInside = true;
      tell(event.latlng);
    });
    page.map.on("mouseout", function () {
      isInside = false;
      tell(page.map.getCenter());
    });
    page.map.on("moveend", function () {
      if (!isInside) {
        tell(page.map.getCenter());
      }
    });
    view.goTo.connect(goTo);
    view.forgetPlace.connect(forget);
    tell(page.map.getCenter());
  }

  // As often as the screen is drawn, not as often as the mouse is asked.
  function tell(place) {
    at = place.wrap();
    if (!isDue) {
      isDue = true;
      window.requestAnimationFrame(function () {
        isDue = false;
        view.pointed(at.lat, at.lng);
      });
    }
  }

  function goTo(lat, lon, words) {
    forget();
    // The bounds of the map keep nobody from a place that was typed.
    page.map.setMaxBounds(null);
    page.map.setView([lat, lon], Math.max(GO_ZOOM, page.map.getZoom()), { animate: false });
    mark = L.marker([lat, lon], {
      icon: L.divIcon({ className: "place-mark", html: page.element("span", "cross"), iconSize: [34, 34] }),
      zIndexOffset: 2000,
    }).addTo(page.map);
    mark.bindPopup(page.element("div", "card place-words", words), {
      minWidth: 220,
      maxWidth: 300,
      offset: [0, -10],
    }).openPopup();
  }

  function forget() {
    if (mark) {
      mark.remove();
      mark = null;
    }
  }

  window.GeoparkPointer = { start: start };
})();
