// A link to a folded part of a page opens it, also in browsers that do not by themselves.

const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
};
open();
addEventListener("hashchange", open);
