// A photo large over the page, with its caption; the arrow keys and Esc work.
(function () {
  "use strict";

  var box = null;
  var lastFocus = null;
  var shown, at;

  function sourceOf(id) {
    return "data:image/jpeg;base64," + document.getElementById("photo-" + id).textContent;
  }

  function show(pictures, place) {
    if (!box) {
      lastFocus = document.activeElement;
      document.addEventListener("keydown", onKey, true);
    } else {
      box.remove();
    }
    shown = pictures;
    at = place;
    var photo = shown.photos[at];
    box = element("div", "picture", "");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", shown.name);
    var image = element("img", "", "");
    image.src = photo.source;
    image.alt = photo.alt;
    box.appendChild(image);
    box.appendChild(element("p", "", photo.line || shown.name));
    var row = element("div", "picture-row", "");
    if (shown.photos.length > 1) {
      row.appendChild(button("‹", shown.words.before, -1));
      row.appendChild(button("›", shown.words.next, 1));
    }
    row.appendChild(button(shown.words.close, shown.words.close, 0));
    box.appendChild(row);
    document.body.appendChild(box);
    row.lastChild.focus();
  }

  function element(tag, className, words) {
    var made = document.createElement(tag);
    made.className = className;
    made.textContent = words;
    return made;
  }

  function button(sign, words, way) {
    var made = element("button", "", sign);
    made.type = "button";
    made.setAttribute("aria-label", words);
    made.addEventListener("click", function () {
      if (way === 0) {
        close();
      } else {
        turn(way);
      }
    });
    return made;
  }

  function turn(way) {
    show(shown, (at + way + shown.photos.length) % shown.photos.length);
  }

  function close() {
    box.remove();
    box = null;
    document.removeEventListener("keydown", onKey, true);
    if (lastFocus && document.contains(lastFocus)) {
      lastFocus.focus();
    }
    lastFocus = null;
  }

  function onKey(event) {
    var ways = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (ways[event.key]) {
      event.preventDefault();
      turn(ways[event.key]);
    }
  }

  window.GeoparkPictures = { sourceOf: sourceOf, show: show };
})();
