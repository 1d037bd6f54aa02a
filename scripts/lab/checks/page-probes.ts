/*
 * What a browser is asked about a page that it shows in an unusual way. Each function is sent there
 * as it is: none may use anything from outside of itself.
 */

/** What does not fit: the page as a whole, or a box that hides a part of its text. */
export function findClipped(): string[] {
  const excess = document.documentElement.scrollWidth - window.innerWidth;
  const faults =
    excess > 0
      ? [`is ${excess} pixels wider than the window, so lines have to be pushed to and fro`]
      : [];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const words = `<${element.tagName.toLowerCase()}> "${element.textContent.trim().slice(0, 40)}"`;
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    const isCut =
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (isCut && position !== 'absolute') faults.push(`hides a part of ${words}`);
    const ownText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (ownText && element.getBoundingClientRect().right > window.innerWidth + 1 && excess <= 0)
      faults.push(`has ${words} outside of the window, where nobody can push it into view`);
  }
  return faults;
}

/**
 * Text that stays as small as it was when a reader asks for letters of twice the size: sizes in
 * pixels do not grow. Labels of a drawing are as large as the drawing.
 */
export function findUngrown(): string[] {
  const texts = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) =>
      element.getClientRects().length > 0 &&
      !element.closest('svg') &&
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      ),
  );
  const sizes = () => texts.map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  const large = sizes();
  document.documentElement.style.fontSize = '';
  const small = sizes();
  document.documentElement.style.fontSize = '200%';
  return texts.flatMap((element, index) =>
    (large[index] ?? 0) < (small[index] ?? 0) * 1.3
      ? [
          `does not let <${element.tagName.toLowerCase()}> ` +
            `"${element.textContent.trim().slice(0, 40)}" grow`,
        ]
      : [],
  );
}

/** Text and strokes of the colour of what lies behind them. */
export function findInvisible(): string[] {
  const isClear = (color: string) =>
    color === 'transparent' || color === 'none' || /^rgba\(.*, 0\)$|\/ 0\)$/.test(color);
  const backgroundOf = (element: Element): string => {
    for (let above: Element | null = element; above; above = above.parentElement) {
      const { backgroundColor } = getComputedStyle(above);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    const probe = document.createElement('div'); // the page's own canvas has no colour to ask for
    probe.style.backgroundColor = 'Canvas';
    document.body.append(probe);
    const { backgroundColor } = getComputedStyle(probe);
    probe.remove();
    return backgroundColor;
  };
  const faults: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    if (element.getClientRects().length === 0) continue;
    const behind = backgroundOf(element);
    const style = getComputedStyle(element);
    const ownText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (element instanceof SVGGeometryElement) {
      const inks = [style.fill, style.stroke].filter((color) => !isClear(color));
      if (inks.length > 0 && inks.every((color) => color === behind))
        faults.push(
          `has a drawing <${element.tagName}> in the colour of its background, ${behind}`,
        );
    } else if (ownText && (element instanceof SVGElement ? style.fill : style.color) === behind)
      faults.push(
        `has "${element.textContent?.trim().slice(0, 40)}" in the colour of its background, ${behind}`,
      );
  }
  return faults;
}

/** What moves although the reader asked for rest. */
export function findMoving(): string[] {
  const faults = document
    .getAnimations()
    .map((animation) => `runs an animation (${animation.id || animation.constructor.name})`);
  for (const element of document.querySelectorAll(
    'animate, animateTransform, animateMotion, set, marquee, blink, video[autoplay]',
  ))
    faults.push(`moves by <${element.tagName}>`);
  for (const element of document.querySelectorAll('html, body, body *')) {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
    if (transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0))
      faults.push(`has <${element.tagName.toLowerCase()}> change over ${transitionDuration}`);
    if (animationName !== 'none')
      faults.push(`has <${element.tagName.toLowerCase()}> animated by ${animationName}`);
    if (scrollBehavior === 'smooth')
      faults.push(`scrolls <${element.tagName.toLowerCase()}> smoothly`);
  }
  return faults;
}

/**
 * Text of the main part that paper would not show: hidden by the print style, or next to the sheet,
 * which is as wide as the window.
 */
export function findUnprinted(): string[] {
  if ([...document.querySelectorAll('style')].some((style) => style.textContent.includes('@page')))
    return []; // sheets: see paper.ts
  const faults: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(
    'main h1, main h2, main h3, main p, main li, main td, main th, main dd, main dt',
  )) {
    if (element.closest('nav, details:not([open])') || element.textContent.trim() === '') continue;
    const { left, right } = element.getBoundingClientRect();
    if (element.getClientRects().length === 0 || right <= 0 || left >= window.innerWidth)
      faults.push(
        `does not print <${element.tagName.toLowerCase()}> "${element.textContent.trim().slice(0, 40)}"`,
      );
  }
  return faults;
}
