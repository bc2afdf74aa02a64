import { chromium } from 'playwright-core';
const base='http://localhost:18099';
const browser=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-dev-shm-usage']});
export async function as(email,opt={}){const c=await browser.newContext({viewport:{width:1280,height:900},reducedMotion:'reduce',...opt});const p=await c.newPage();p.on('pageerror',e=>console.log('ERR',e.message));await p.goto(base+'/sign-in?org=acme');await p.getByLabel('Email').fill(email+'@acme.example');await p.getByLabel('Password',{exact:true}).fill('handstamp-demo');await p.getByRole('button',{name:'Sign in'}).click();await p.getByRole('heading',{level:1,name:'Workflows'}).waitFor();return p;}
export const shot=async(p,n,full=true)=>{await p.waitForTimeout(700);await p.screenshot({path:`/tmp/shots/${n}.png`,fullPage:full});};
export {base,browser};
